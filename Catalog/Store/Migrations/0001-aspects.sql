-- Version 0 is the latest value of an aspect; the ones before it have the numbers 1, 2, ... in the order in which they were written.
-- The columns are DataHub's; createdon is in milliseconds since 1970-01-01 UTC.
CREATE TABLE metadata_aspect_v2 (
    urn TEXT NOT NULL,
    aspect TEXT NOT NULL,
    version INTEGER NOT NULL,
    metadata TEXT NOT NULL,
    systemmetadata TEXT,
    createdon INTEGER NOT NULL,
    createdby TEXT NOT NULL,
    createdfor TEXT,
    PRIMARY KEY (urn, aspect, version)
);

-- Which current aspects a run wrote.
CREATE INDEX metadata_aspect_run ON metadata_aspect_v2 (systemmetadata ->> '$.runId', systemmetadata ->> '$.lastObserved') WHERE version = 0;

-- Entities that are soft-deleted.
CREATE INDEX metadata_aspect_removed ON metadata_aspect_v2 (urn) WHERE version = 0 AND aspect = 'status' AND metadata ->> '$.removed' = 1;

-- Documents of timeseries aspects; documentid tells those of one time apart.
CREATE TABLE timeseries_aspect (
    urn TEXT NOT NULL,
    aspect TEXT NOT NULL,
    timestampmillis INTEGER NOT NULL,
    documentid TEXT NOT NULL,
    metadata TEXT NOT NULL,
    systemmetadata TEXT NOT NULL,
    PRIMARY KEY (urn, aspect, timestampmillis, documentid)
) WITHOUT ROWID;

CREATE INDEX timeseries_aspect_run ON timeseries_aspect (systemmetadata ->> '$.runId');

-- Relationships, as the current aspects tell them. source is the entity that has the aspect (owner), but for lineage between columns.
CREATE TABLE relationship (
    owner TEXT NOT NULL,
    aspect TEXT NOT NULL,
    source TEXT NOT NULL,
    type TEXT NOT NULL,
    destination TEXT NOT NULL,
    PRIMARY KEY (owner, aspect, source, type, destination)
) WITHOUT ROWID;

CREATE INDEX relationship_destination ON relationship (destination, type);
CREATE INDEX relationship_column ON relationship (source) WHERE source <> owner;

-- The file that the search index was saved to (search-<id>), and the entities that changed since then.
CREATE TABLE search_snapshot (id TEXT NOT NULL);
CREATE TABLE search_pending (urn TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
