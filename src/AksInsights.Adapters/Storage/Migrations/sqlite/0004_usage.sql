-- What containers used, a row for each container and day; recommendations are made from it. Amounts are nanocores and bytes.
CREATE TABLE usage_reads (
    workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
    day INTEGER NOT NULL,                       -- days since 1970-01-01
    read_to INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, day)
) WITHOUT ROWID;

CREATE TABLE usage_containers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
    cluster TEXT NOT NULL,
    namespace TEXT NOT NULL,
    workload_kind TEXT NOT NULL,
    workload TEXT NOT NULL,
    container TEXT NOT NULL,
    -- How it stood on the newest day.
    facts_day INTEGER NOT NULL,
    node_pool TEXT,
    vm_size TEXT,
    vm_sizes INTEGER NOT NULL,
    scaler TEXT,
    resized_by_vpa INTEGER NOT NULL,
    heap_flag TEXT,
    opt_out TEXT,
    UNIQUE (workspace_id, cluster, namespace, workload_kind, workload, container)
);

-- In the order in which recommendations read it.
CREATE TABLE usage_days (
    container_id INTEGER NOT NULL REFERENCES usage_containers (id),
    day INTEGER NOT NULL,
    interval_seconds INTEGER NOT NULL,
    hours_seen INTEGER NOT NULL,
    milli_pods INTEGER NOT NULL,
    cpu_histogram BLOB NOT NULL,
    cpu_max INTEGER NOT NULL,
    memory_histogram BLOB NOT NULL,
    memory_peaks BLOB NOT NULL,                 -- the greatest sample of each pod in each hour
    memory_max INTEGER NOT NULL,
    cpu_request INTEGER,
    cpu_limit INTEGER,
    memory_request INTEGER,
    memory_limit INTEGER,
    restarts INTEGER NOT NULL,
    oom_kills INTEGER NOT NULL,
    oom_limit INTEGER,                          -- in force when it was killed
    PRIMARY KEY (container_id, day)
) WITHOUT ROWID;

CREATE TABLE usage_pools (
    workspace_id INTEGER NOT NULL REFERENCES workspaces (id),
    cluster TEXT NOT NULL,
    node_pool TEXT NOT NULL,
    vm_size TEXT NOT NULL,
    day INTEGER NOT NULL,
    nodes INTEGER NOT NULL,
    cpu_allocatable INTEGER NOT NULL,
    memory_allocatable INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, cluster, node_pool, vm_size)
) WITHOUT ROWID;
