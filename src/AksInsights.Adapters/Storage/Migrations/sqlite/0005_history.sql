-- For lists of evaluations of all queries, the one that began last first.
CREATE INDEX evaluations_ran ON evaluations (ran_at, window_end, query_id);
