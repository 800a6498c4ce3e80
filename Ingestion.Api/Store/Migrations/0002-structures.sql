-- What a run saw of datasets; each worker that has a run brings a set of its own. One set of a recipe is kept, that of its last complete run.
CREATE TABLE structure_sets (
    id INTEGER NOT NULL PRIMARY KEY,
    run_id VARCHAR(40) NOT NULL,
    lease VARCHAR(64) NOT NULL,
    recipe VARCHAR(255) NOT NULL,
    version VARCHAR(64) NOT NULL,
    -- The recipe, where it is the set that later runs are compared with.
    baseline_of VARCHAR(255) UNIQUE,
    UNIQUE (run_id, lease)
);

CREATE TABLE structures (
    set_id INTEGER NOT NULL REFERENCES structure_sets (id),
    urn VARCHAR(1000) NOT NULL,
    database_name VARCHAR(255) NOT NULL,
    digest BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (set_id, urn)
);

CREATE TABLE run_diffs (
    run_id VARCHAR(40) NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    remarks TEXT NOT NULL
);

CREATE TABLE run_diff_databases (
    run_id VARCHAR(40) NOT NULL REFERENCES run_diffs (run_id) ON DELETE CASCADE,
    database_name VARCHAR(255) NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    unseen INTEGER NOT NULL,
    remark TEXT,
    PRIMARY KEY (run_id, database_name)
);

CREATE TABLE run_diff_entries (
    run_id VARCHAR(40) NOT NULL REFERENCES run_diffs (run_id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    database_name VARCHAR(255) NOT NULL,
    change VARCHAR(16) NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (run_id, number)
);
