-- Times are milliseconds since 1970 in UTC. Words (state, kind) stand as in the API's JSON.

-- Contents of recipes, each once: those that runs were asked for with, and the last good one of each recipe.
CREATE TABLE recipe_versions (
    version VARCHAR(64) NOT NULL PRIMARY KEY,
    file_name VARCHAR(255) NOT NULL,
    content TEXT NOT NULL
);

-- Recipes that are in the folder and were good at least once.
CREATE TABLE recipes (
    name VARCHAR(255) NOT NULL PRIMARY KEY,
    version VARCHAR(64) NOT NULL REFERENCES recipe_versions (version)
);

CREATE TABLE schedules (
    recipe VARCHAR(255) NOT NULL PRIMARY KEY,
    cron VARCHAR(255) NOT NULL,
    time_zone VARCHAR(64) NOT NULL,
    next_due BIGINT,
    last_fired BIGINT
);
CREATE INDEX schedules_due ON schedules (next_due);

CREATE TABLE runs (
    id VARCHAR(40) NOT NULL PRIMARY KEY,
    recipe VARCHAR(255) NOT NULL,
    version VARCHAR(64) NOT NULL REFERENCES recipe_versions (version),
    label VARCHAR(255),
    kind VARCHAR(16) NOT NULL,
    preview_records INTEGER,
    state VARCHAR(16) NOT NULL,
    cause VARCHAR(16) NOT NULL,
    requested_by VARCHAR(255),
    idempotency_key VARCHAR(255) UNIQUE,
    slot BIGINT,
    slot_offset INTEGER,
    traceparent VARCHAR(64),
    attempt INTEGER NOT NULL,
    retry_of VARCHAR(40),
    queued BIGINT NOT NULL,
    started BIGINT,
    ended BIGINT,
    -- The recipe, while the run is running: one recipe never runs twice at once.
    running_recipe VARCHAR(255) UNIQUE,
    worker VARCHAR(255),
    lease VARCHAR(64),
    cancel_reason TEXT,
    reason TEXT,
    progress TEXT,
    diff TEXT,
    last_line INTEGER NOT NULL,
    has_log INTEGER NOT NULL,
    UNIQUE (recipe, slot)
);
CREATE INDEX runs_by_recipe ON runs (recipe, id);
CREATE INDEX runs_by_recipe_state ON runs (recipe, state, id);
CREATE INDEX runs_by_state ON runs (state, id);
CREATE INDEX runs_by_kind ON runs (kind, id);
CREATE INDEX runs_by_cause ON runs (cause, id);
CREATE INDEX runs_by_worker ON runs (worker, id);
CREATE INDEX runs_by_lease ON runs (lease);
CREATE INDEX runs_by_log ON runs (has_log, ended);
CREATE INDEX runs_by_version ON runs (version);

-- Reports are large and read one at a time.
CREATE TABLE run_reports (
    run_id VARCHAR(40) NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    report TEXT NOT NULL
);

CREATE TABLE run_log (
    run_id VARCHAR(40) NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    time BIGINT NOT NULL,
    level VARCHAR(16) NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (run_id, number)
);
