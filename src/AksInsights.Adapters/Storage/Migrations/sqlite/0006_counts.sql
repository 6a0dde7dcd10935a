-- How many findings are open or clearing, by what they are counted by. Kept with every change of them, under the lock of who decides about them.
CREATE TABLE finding_counts (
    workspace_id INTEGER NOT NULL,
    evaluated_by TEXT NOT NULL,
    query_id     TEXT NOT NULL,
    cluster      TEXT NOT NULL,
    severity     INTEGER NOT NULL,
    present      INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, evaluated_by, query_id, cluster, severity)
) WITHOUT ROWID;

INSERT INTO finding_counts (workspace_id, evaluated_by, query_id, cluster, severity, present)
SELECT workspace_id, evaluated_by, query_id, cluster, severity, count(*) FROM findings WHERE condition IN ('open', 'clearing')
GROUP BY workspace_id, evaluated_by, query_id, cluster, severity;
