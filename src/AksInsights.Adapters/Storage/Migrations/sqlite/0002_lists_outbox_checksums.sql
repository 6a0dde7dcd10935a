-- Which text of each migration was applied: a migration that is edited later would leave stores that only seem alike.
ALTER TABLE schema_version ADD COLUMN checksum TEXT;

DROP VIEW v_findings;
DROP VIEW v_finding_events;

-- What a finding does not have is the empty text here, so that lists can be ordered and continued by a plain comparison; the views give null.
UPDATE findings SET cluster = '' WHERE cluster IS NULL;
UPDATE findings SET namespace = '' WHERE namespace IS NULL;

-- Lists of what is wrong now: a severity at a time, in the order of a page, for each thing a list is narrowed to. Not for resolved findings, which are most.
DROP INDEX findings_condition;
CREATE INDEX findings_present ON findings (severity, query_id, cluster, id) WHERE condition IN ('open', 'clearing');
CREATE INDEX findings_present_workspace ON findings (workspace_id, severity, query_id, cluster, id) WHERE condition IN ('open', 'clearing');
CREATE INDEX findings_present_cluster ON findings (severity, cluster, query_id, id) WHERE condition IN ('open', 'clearing');
CREATE INDEX findings_present_namespace ON findings (severity, namespace, query_id, cluster, id) WHERE condition IN ('open', 'clearing');

-- For pruning.
CREATE INDEX findings_resolved ON findings (condition_since) WHERE condition = 'resolved';

-- The newest evaluation with something to say is asked for by every evaluation, also when there has been none for months.
CREATE INDEX evaluations_verdict ON evaluations (workspace_id, query_id, window_end) WHERE outcome IN ('complete', 'gaps');

-- Messages that are to leave the program, written with what they tell of. No reference to the finding: a message outlives it.
CREATE TABLE outbox (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT,
    message_key   TEXT NOT NULL UNIQUE,
    channel       TEXT NOT NULL,
    group_key     TEXT NOT NULL,
    kind          TEXT NOT NULL,
    finding_id    TEXT,
    body_json     TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    due_at        INTEGER NOT NULL,
    state         TEXT NOT NULL,
    attempts      INTEGER NOT NULL,
    claim         TEXT,
    claimed_until INTEGER,
    settled_at    INTEGER,
    answer        TEXT
);

CREATE INDEX outbox_waiting ON outbox (due_at, seq) WHERE state = 'waiting';
CREATE INDEX outbox_group ON outbox (channel, group_key, seq) WHERE state = 'waiting';
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX outbox_finding ON outbox (finding_id) WHERE finding_id IS NOT NULL;

CREATE VIEW v_findings AS
SELECT f.id,
       w.name AS workspace,
       f.query_id AS query,
       f.fingerprint,
       nullif(f.cluster, '') AS cluster,
       nullif(f.namespace, '') AS namespace,
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
       nullif(f.cluster, '') AS cluster,
       nullif(f.namespace, '') AS namespace,
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

CREATE VIEW v_outbox AS
SELECT o.seq,
       o.message_key,
       o.channel,
       o.kind,
       o.finding_id,
       o.state,
       o.attempts,
       o.created_at / 10000000 AS created_at_s,
       o.due_at / 10000000 AS due_at_s,
       o.settled_at / 10000000 AS settled_at_s,
       o.answer
FROM outbox o;
