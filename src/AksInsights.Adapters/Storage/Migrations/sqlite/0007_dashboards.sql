-- What dashboards read: names of areas and clusters beside ids, episodes, and usage in cores and bytes. Times are seconds since
-- 1970-01-01 UTC; at_ticks is what the index of events knows.
DROP VIEW v_findings;
DROP VIEW v_finding_events;
DROP VIEW v_evaluations;

CREATE VIEW v_findings AS
SELECT f.id,
       w.name AS workspace,
       f.query_id AS query,
       substr(f.query_id, 1, instr(f.query_id, '/') - 1) AS area,
       f.fingerprint,
       nullif(f.cluster, '') AS cluster,
       nullif(replace(f.cluster, rtrim(f.cluster, replace(f.cluster, '/', '')), ''), '') AS cluster_name,
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
       f.workflow_by,
       f.workflow_until / 10000000 AS workflow_until_s,
       f.episode,
       f.first_seen / 10000000 AS first_seen_s,
       f.episode_since / 10000000 AS episode_since_s,
       f.last_seen / 10000000 AS last_seen_s,
       f.seen_count,
       f.flapping_since / 10000000 AS flapping_since_s,
       f.no_data_since / 10000000 AS no_data_since_s,
       f.no_data_reason,
       f.is_baseline,
       f.is_latest
FROM findings f
JOIN workspaces w ON w.id = f.workspace_id;

CREATE VIEW v_finding_events AS
SELECT e.seq,
       e.finding_id,
       w.name AS workspace,
       f.query_id AS query,
       substr(f.query_id, 1, instr(f.query_id, '/') - 1) AS area,
       nullif(f.cluster, '') AS cluster,
       nullif(replace(f.cluster, rtrim(f.cluster, replace(f.cluster, '/', '')), ''), '') AS cluster_name,
       nullif(f.namespace, '') AS namespace,
       json_extract(f.key_json, '$.workload') AS workload,
       json_extract(f.key_json, '$.node') AS node,
       f.title,
       e.at AS at_ticks,
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

-- When a problem was open, and how bad when it began: an episode begins with an event that says so and ends with the one that says it is over; null while it lasts.
CREATE VIEW v_episodes AS
SELECT o.finding_id,
       w.name AS workspace,
       f.query_id AS query,
       substr(f.query_id, 1, instr(f.query_id, '/') - 1) AS area,
       nullif(f.cluster, '') AS cluster,
       nullif(f.namespace, '') AS namespace,
       json_extract(f.key_json, '$.workload') AS workload,
       o.episode,
       o.severity AS severity_rank,
       CASE o.severity WHEN 0 THEN 'info' WHEN 1 THEN 'warning' WHEN 2 THEN 'error' ELSE 'critical' END AS severity,
       o.at / 10000000 AS opened_s,
       (SELECT min(r.at) FROM finding_events r WHERE r.finding_id = o.finding_id AND r.episode = o.episode AND r.kind = 'resolved') / 10000000 AS resolved_s
FROM finding_events o
JOIN findings f ON f.id = o.finding_id
JOIN workspaces w ON w.id = f.workspace_id
WHERE o.kind IN ('opened', 'reopened');

CREATE VIEW v_evaluations AS
SELECT w.name AS workspace,
       e.query_id AS query,
       substr(e.query_id, 1, instr(e.query_id, '/') - 1) AS area,
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

CREATE VIEW v_usage_days AS
SELECT w.name AS workspace,
       c.cluster,
       replace(c.cluster, rtrim(c.cluster, replace(c.cluster, '/', '')), '') AS cluster_name,
       c.namespace,
       c.workload_kind,
       c.workload,
       c.container,
       c.node_pool,
       d.day * 86400 AS day_s,
       d.hours_seen,
       d.milli_pods / 1000.0 AS pods,
       d.cpu_max / 1000000000.0 AS cpu_max_cores,
       d.cpu_request / 1000000000.0 AS cpu_request_cores,
       d.cpu_limit / 1000000000.0 AS cpu_limit_cores,
       d.memory_max AS memory_max_bytes,
       d.memory_request AS memory_request_bytes,
       d.memory_limit AS memory_limit_bytes,
       d.restarts,
       d.oom_kills
FROM usage_days d
JOIN usage_containers c ON c.id = d.container_id
JOIN workspaces w ON w.id = c.workspace_id;

CREATE VIEW v_usage_pools AS
SELECT w.name AS workspace,
       p.cluster,
       replace(p.cluster, rtrim(p.cluster, replace(p.cluster, '/', '')), '') AS cluster_name,
       p.node_pool,
       p.vm_size,
       p.day * 86400 AS day_s,
       p.nodes,
       p.cpu_allocatable / 1000000000.0 AS cpu_allocatable_cores,
       p.memory_allocatable AS memory_allocatable_bytes
FROM usage_pools p
JOIN workspaces w ON w.id = p.workspace_id;

-- Every cluster that some check has had something to say about.
CREATE VIEW v_clusters AS
SELECT w.name AS workspace,
       s.scope AS cluster,
       replace(s.scope, rtrim(s.scope, replace(s.scope, '/', '')), '') AS cluster_name,
       min(s.since) / 10000000 AS since_s
FROM covered_scopes s
JOIN workspaces w ON w.id = s.workspace_id
WHERE s.scope <> ''
GROUP BY w.name, s.scope;

-- The newest evaluation of each check that has not gone away.
CREATE VIEW v_latest_evaluations AS
SELECT e.*
FROM v_evaluations e
JOIN (SELECT w.name AS workspace, n.query_id AS query, max(n.window_end) / 10000000 AS window_end_s
      FROM evaluations n JOIN workspaces w ON w.id = n.workspace_id
      WHERE n.outcome <> 'superseded'
      GROUP BY w.name, n.query_id) l ON l.workspace = e.workspace AND l.query = e.query AND l.window_end_s = e.window_end_s
WHERE e.outcome <> 'retired';
