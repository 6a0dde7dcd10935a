-- Pull requests with changes of manifests, as they were when they were last looked at. The forge has the truth; these rows are for dashboards.
CREATE TABLE proposals (
    link         TEXT    NOT NULL PRIMARY KEY,
    repository   TEXT    NOT NULL,
    number       INTEGER NOT NULL,
    branch       TEXT    NOT NULL,
    target       TEXT    NOT NULL,
    title        TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    cluster_name TEXT    NOT NULL,
    namespace    TEXT    NOT NULL,
    containers   INTEGER,
    saving_cents INTEGER,
    opened_at    INTEGER,
    ended_at     INTEGER,
    seen_at      INTEGER NOT NULL
);

CREATE VIEW v_proposals AS
SELECT p.repository,
       p.number,
       p.title,
       p.link,
       p.state,
       nullif(p.cluster_name, '') AS cluster_name,
       nullif(p.namespace, '') AS namespace,
       p.containers,
       p.saving_cents / 100.0 AS saving,
       p.opened_at / 10000000 AS opened_s,
       p.ended_at / 10000000 AS ended_s,
       p.seen_at / 10000000 AS seen_s
FROM proposals p;
