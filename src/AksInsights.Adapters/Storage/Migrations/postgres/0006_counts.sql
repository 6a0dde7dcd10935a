-- How many findings are open or clearing, by what they are counted by. Kept with every change of them, under the lock of who decides about them.
CREATE TABLE finding_counts (
    workspace_id BIGINT NOT NULL,
    evaluated_by TEXT COLLATE "C" NOT NULL,
    query_id     TEXT COLLATE "C" NOT NULL,
    cluster      TEXT COLLATE "C" NOT NULL,
    severity     BIGINT NOT NULL,
    present      BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, evaluated_by, query_id, cluster, severity)
);

INSERT INTO finding_counts (workspace_id, evaluated_by, query_id, cluster, severity, present)
SELECT workspace_id, evaluated_by, query_id, cluster, severity, count(*) FROM findings WHERE condition IN ('open', 'clearing')
GROUP BY workspace_id, evaluated_by, query_id, cluster, severity;
