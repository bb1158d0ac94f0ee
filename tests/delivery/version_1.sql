-- The tables of version 1, as it went out into the world. This file is never edited.

CREATE TABLE schema_version (
    version INTEGER NOT NULL,
    PRIMARY KEY (version)
);

CREATE TABLE "plan" (
    id VARCHAR NOT NULL,
    release VARCHAR NOT NULL,
    edition INTEGER NOT NULL,
    headline VARCHAR NOT NULL,
    hash VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    because VARCHAR,
    release_file VARCHAR NOT NULL,
    inputs JSON NOT NULL,
    created_at VARCHAR(27) NOT NULL,
    begun_at VARCHAR(27),
    finished_at VARCHAR(27),
    PRIMARY KEY (id)
);

CREATE TABLE kept (
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE plan_channel (
    "plan" VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    provider VARCHAR NOT NULL,
    at VARCHAR(27) NOT NULL,
    zone VARCHAR NOT NULL,
    begun_at VARCHAR(27),
    PRIMARY KEY ("plan", channel),
    FOREIGN KEY("plan") REFERENCES "plan" (id)
);

CREATE TABLE letter (
    "plan" VARCHAR NOT NULL,
    variant VARCHAR NOT NULL,
    record JSON NOT NULL,
    PRIMARY KEY ("plan", variant),
    FOREIGN KEY("plan") REFERENCES "plan" (id)
);

CREATE TABLE batch (
    id INTEGER NOT NULL,
    "plan" VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    provider VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    fence INTEGER NOT NULL,
    not_before VARCHAR(27) NOT NULL,
    first_sent VARCHAR(27),
    may_have_left BOOLEAN NOT NULL,
    body BLOB NOT NULL,
    sha256 VARCHAR NOT NULL,
    keys JSON NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY("plan") REFERENCES "plan" (id)
);

CREATE INDEX batch_queue ON batch ("plan", state, not_before);

CREATE TABLE delivery (
    id INTEGER NOT NULL,
    "plan" VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    recipient VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    variant VARCHAR,
    "values" JSON,
    content VARCHAR,
    status VARCHAR NOT NULL,
    reason VARCHAR,
    batch INTEGER,
    provider_id VARCHAR,
    url VARCHAR,
    settled_at VARCHAR(27),
    live BOOLEAN,
    PRIMARY KEY (id),
    FOREIGN KEY("plan") REFERENCES "plan" (id),
    FOREIGN KEY(batch) REFERENCES batch (id)
);

CREATE UNIQUE INDEX one_promise ON delivery ("key") WHERE live;

CREATE INDEX delivery_by_plan ON delivery ("plan", channel, status);

CREATE INDEX delivery_by_batch ON delivery (batch);

CREATE TABLE attempt (
    id INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    started_at VARCHAR(27) NOT NULL,
    ended_at VARCHAR(27),
    outcome VARCHAR,
    detail VARCHAR,
    PRIMARY KEY (id),
    FOREIGN KEY(batch) REFERENCES batch (id)
);

CREATE INDEX attempt_by_batch ON attempt (batch);

INSERT INTO schema_version VALUES (1);
INSERT INTO "plan" VALUES ('bridge-1', 'bridge', 1, 'The bridge stays closed', 'sha256:00', 'running', NULL, 'bridge.txt',
    '{}', '2026-11-24T12:00:00.000000Z', '2026-11-24T12:00:00.000000Z', NULL);
INSERT INTO plan_channel VALUES ('bridge-1', 'email', 'outbox', '2026-11-24T12:00:00.000000Z', 'UTC',
    '2026-11-24T12:00:00.000000Z');
INSERT INTO letter VALUES ('bridge-1', 'en', '{}');
INSERT INTO batch (id, "plan", channel, provider, state, fence, not_before, first_sent, may_have_left, body, sha256, keys)
    VALUES (1, 'bridge-1', 'email', 'outbox', 'settled', 1, '2026-11-24T12:00:00.000000Z',
    '2026-11-24T12:00:00.000000Z', FALSE, 'x', '00', '["11111111111111111111111111111111"]');
INSERT INTO delivery (id, "plan", "key", channel, recipient, name, variant, "values", content, status, batch, provider_id,
    settled_at, live) VALUES (1, 'bridge-1', '11111111111111111111111111111111', 'email', 'reader1@example.com', 'Reader', 'en', '{"unsubscribe_url": "https://example.org/u/1"}', 'sha256:1111111111111111111111111111111111111111111111111111111111111111',
    'accepted', 1, 'm1', '2026-11-24T12:00:01.000000Z', TRUE);
INSERT INTO delivery (id, "plan", "key", channel, recipient, name, status, reason)
    VALUES (2, 'bridge-1', '22222222222222222222222222222222', 'email', 'reader2@example.com', 'Reader', 'skipped', 'suppressed: asked us');
INSERT INTO attempt (id, batch, fence, started_at, ended_at, outcome, detail) VALUES (1, 1, 1,
    '2026-11-24T12:00:00.000000Z', '2026-11-24T12:00:01.000000Z', 'settled', 'settled');
INSERT INTO kept VALUES ('secret_key', 'kept');
