-- Every time is a 64-bit count of 100 ns since 1970-01-01 UTC: exact for every time the program knows (the end of a window names an evaluation, so it must
-- come back as it went in), ordered as a number, and the same type in PostgreSQL. The views at the end give seconds for dashboards.
-- Severities are ranks (0 info, 1 warning, 2 error, 3 critical), so that "at least" is a comparison; the views give their names.

CREATE TABLE workspaces (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- One row for each query, workspace and end of window, for ever: its presence is what makes an evaluation happen once.
CREATE TABLE evaluations (
    workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
    query_id     TEXT    NOT NULL,
    window_end   INTEGER NOT NULL,
    window_start INTEGER NOT NULL,
    revision     TEXT    NOT NULL,
    outcome      TEXT    NOT NULL,
    reason       TEXT,
    row_count    INTEGER NOT NULL,
    event_count  INTEGER NOT NULL,
    ran_at       INTEGER NOT NULL,
    took         INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, query_id, window_end)
) WITHOUT ROWID;

-- What some evaluation has had something to say about: a cluster, or with the empty text the whole workspace. Before that, what is seen is a baseline.
CREATE TABLE covered_scopes (
    workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
    query_id     TEXT    NOT NULL,
    scope        TEXT    NOT NULL,
    since        INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, query_id, scope)
) WITHOUT ROWID;

-- Rows are kept in the order they came and found through the index of their random id: ordered by the id itself, every new row would touch another page.
CREATE TABLE findings (
    id               TEXT    NOT NULL PRIMARY KEY,
    workspace_id     INTEGER NOT NULL REFERENCES workspaces (id),
    query_id         TEXT    NOT NULL,
    evaluated_by     TEXT    NOT NULL,
    fingerprint      TEXT    NOT NULL,
    is_latest        INTEGER NOT NULL,
    key_json         TEXT    NOT NULL,
    cluster          TEXT,
    namespace        TEXT,
    severity         INTEGER NOT NULL,
    title            TEXT    NOT NULL,
    message          TEXT,
    measures_json    TEXT    NOT NULL,
    evidence_json    TEXT    NOT NULL,
    condition        TEXT    NOT NULL,
    condition_since  INTEGER NOT NULL,
    resolve_reason   TEXT,
    workflow         TEXT    NOT NULL,
    workflow_by      TEXT,
    workflow_at      INTEGER,
    workflow_until   INTEGER,
    workflow_reason  TEXT,
    episode          INTEGER NOT NULL,
    first_seen       INTEGER NOT NULL,
    episode_since    INTEGER NOT NULL,
    last_seen        INTEGER NOT NULL,
    last_evaluated   INTEGER NOT NULL,
    seen_count       INTEGER NOT NULL,
    lower_count      INTEGER NOT NULL,
    lower_worst      INTEGER NOT NULL,
    turns            TEXT    NOT NULL,
    flapping_since   INTEGER,
    no_data_since    INTEGER,
    no_data_reason   TEXT,
    is_baseline      INTEGER NOT NULL,
    is_told          INTEGER NOT NULL
);

-- A subject has one newest finding; older ones are history.
CREATE UNIQUE INDEX findings_subject ON findings (workspace_id, fingerprint) WHERE is_latest = 1;
CREATE INDEX findings_evaluated_by ON findings (workspace_id, evaluated_by) WHERE is_latest = 1;
CREATE INDEX findings_condition ON findings (condition, severity);

CREATE TABLE finding_events (
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    finding_id TEXT    NOT NULL REFERENCES findings (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    episode    INTEGER NOT NULL,
    severity   INTEGER NOT NULL,
    condition  TEXT    NOT NULL,
    tell       INTEGER NOT NULL,
    detail     TEXT
);

CREATE INDEX finding_events_finding ON finding_events (finding_id);
CREATE INDEX finding_events_at ON finding_events (at);

CREATE VIEW v_findings AS
SELECT f.id,
       w.name AS workspace,
       f.query_id AS query,
       f.fingerprint,
       f.cluster,
       f.namespace,
       json_extract(f.key_json, '$.workloadKind') AS workload_kind,
       json_extract(f.key_json, '$.workload') AS workload,
       json_extract(f.key_json, '$.container') AS container,
       json_extract(f.key_json, '$.node') AS node,
       f.severity AS severity_rank,
       CASE f.severity WHEN 0 THEN 'info' WHEN 1 THEN 'warning' WHEN 2 THEN 'error' ELSE 'critical' END AS severity,
       f.title,
       f.message,
       f.measures_json,
       f.evidence_json,
       f.condition,
       f.condition_since / 10000000 AS condition_since_s,
       f.resolve_reason,
       f.workflow,
       f.workflow_until / 10000000 AS workflow_until_s,
       f.episode,
       f.first_seen / 10000000 AS first_seen_s,
       f.episode_since / 10000000 AS episode_since_s,
       f.last_seen / 10000000 AS last_seen_s,
       f.seen_count,
       f.flapping_since / 10000000 AS flapping_since_s,
       f.no_data_since / 10000000 AS no_data_since_s,
       f.is_baseline,
       f.is_latest
FROM findings f
JOIN workspaces w ON w.id = f.workspace_id;

CREATE VIEW v_finding_events AS
SELECT e.seq,
       e.finding_id,
       w.name AS workspace,
       f.query_id AS query,
       f.cluster,
       f.namespace,
       f.title,
       e.at / 10000000 AS at_s,
       e.kind,
       e.episode,
       e.severity AS severity_rank,
       CASE e.severity WHEN 0 THEN 'info' WHEN 1 THEN 'warning' WHEN 2 THEN 'error' ELSE 'critical' END AS severity,
       e.condition,
       e.tell,
       e.detail
FROM finding_events e
JOIN findings f ON f.id = e.finding_id
JOIN workspaces w ON w.id = f.workspace_id;

CREATE VIEW v_evaluations AS
SELECT w.name AS workspace,
       e.query_id AS query,
       e.window_start / 10000000 AS window_start_s,
       e.window_end / 10000000 AS window_end_s,
       e.outcome,
       e.reason,
       e.row_count,
       e.event_count,
       e.ran_at / 10000000 AS ran_at_s,
       e.took / 10000 AS took_ms
FROM evaluations e
JOIN workspaces w ON w.id = e.workspace_id;
