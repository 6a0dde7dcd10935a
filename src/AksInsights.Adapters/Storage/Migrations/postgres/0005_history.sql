-- For lists of evaluations of all queries, the one that began last first.
CREATE INDEX evaluations_ran ON evaluations (ran_at, window_end, query_id);

-- Pages of events begin at a moment and go back in time; an index of blocks would have them all sorted for each page. What comes is behind what is there, so it costs little.
DROP INDEX finding_events_at;
CREATE INDEX finding_events_at ON finding_events (at, seq);
