-- Messages that go out together: fixed when they are first taken, so that after a crash the same ones go out together again, under the same key.
ALTER TABLE outbox ADD COLUMN batch TEXT;

-- For lists of messages, newest first, and for what was refused.
CREATE INDEX outbox_kind ON outbox (channel, kind, seq);
CREATE INDEX outbox_refused ON outbox (seq) WHERE state = 'refused';
