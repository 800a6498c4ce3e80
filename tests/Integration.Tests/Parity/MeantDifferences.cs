using System.Text.RegularExpressions;

namespace Discovery.Integration.Tests.Parity;

/// <summary>Differences that are meant. Each is a row of docs/differences.md.</summary>
internal static class MeantDifferences
{
    private static readonly (string Schemas, string Variants, string Line)[] All =
    [
        // Views that are broken; views and tables of the server itself that the account may not read.
        ("edge_cases", ".*", @"^\+ entity extra: .*\.(v_broken|v_on_broken),"),
        ("employees", ".*", @"^\+ entity extra: .*\.(v_full_departments|v_full_employees),"),
        ("datahub_mariadb", "whole_server_full", @"^\+ entity extra: .*,sys\."),
        ("datahub_mariadb", "whole_server_full|whole_server_ref", @"^\+ entity extra: .*,information_schema\.(FILES|INNODB_\w+),"),
        ("datahub_mariadb", "whole_server_ref", @"^\+ entity extra: .*,performance_schema\."),

        // Texts of ENUM and SET, in which the client doubles % and \.
        ("edge_cases", ".*", @"\.t_enum_set,\w+\) schemaMetadata fields\[(e_quote|e_pct|s2)\]\.nativeDataType: expected .*(%%|\\\\\\\\)"),
        ("edge_parser", ".*", @"\.col_enum,\w+\) schemaMetadata fields\[e6\]\.nativeDataType: expected .*(%%|\\\\\\\\)"),

        // Comments that the client loses.
        ("edge_cases", ".*", @"\.(m_compressed|sv_partial|t_defaults|t_invisible|t_numeric|t_spatial_srid|t_temporal),\w+\) schemaMetadata fields\[\w+\]\.description: unexpected "),
        ("edge_parser", ".*", @"\.(t_colformat|col_defaults),\w+\) schemaMetadata fields\[\w+\]\.description: unexpected "),

        // Keys that the client loses; the period's columns of WITHOUT OVERLAPS.
        ("edge_cases", ".*", @"\.(fk_Names|fk_names),\w+\) schemaMetadata foreignKeys: expected 2 elements, got 3"),
        ("edge_cases", ".*", @"\.sv_period,\w+\) schemaMetadata fields\[[se]\]\.isPartOfKey: expected false, got true"),
        ("edge_parser", ".*", @"\.fk_partition_upper,\w+\) schemaMetadata foreignKeys: expected 1 elements, got 2"),
        ("edge_parser", ".*", @"\.fk_to_tick,\w+\) schemaMetadata foreignKeys: unexpected "),
        ("edge_parser", ".*", @"\.pk_partition_upper,\w+\) schemaMetadata fields\[PARTITION_ID\]\.isPartOfKey: expected false, got true"),

        // Back-ticks and line breaks inside names.
        ("edge_cases", ".*", @"\.with`tick,\w+\) schemaMetadata fields\[a`{1,2}b\]: "),
        ("edge_parser", ".*", @"\.fk_tick,\w+\) schemaMetadata (fields\[x`{1,2}y\]: |foreignKeys\[0\]\.)"),
        ("edge_parser", ".*", @"\.(pk_comma|pk_tick|v_uncommented),\w+\) schemaMetadata fields\[[^\]]*`[^\]]*\]: (missing|unexpected)"),
        ("edge_parser", ".*", @"edge_parser\.nl$"),

        // A database whose name is in double quotes.
        ("edge_names", ".*", "^- entity missing: urn:li:container:(7aca72fbcff373d38bc64164754dc379|5de7dd20dd0795a1d7464c67a9bc306a) "),
        ("edge_names", ".*", "^\\+ entity extra:   urn:li:container:(ccf9499f87bdc0238a9c92c88b3132d7|9d62d4cea4c3f5ac227d9cffec0b7018) "),
        ("edge_names", ".*", "^\\+ entity extra:   urn:li:(dataset|dataFlow|dataJob):\\S*,\"edge_quoted\"\\."),
        ("edge_names", ".*", "^\\+ entity extra:   urn:li:query:"),

        // Tables with a VECTOR column.
        ("edge_cases", ".*", @"^\+ entity extra: .*\.t_vector,"),

        // A character set or collation that the column would have had anyway.
        ("datahub_mariadb", "whole_server_full|whole_server_ref", @",(mysql|performance_schema)\.\w+,PROD\) schemaMetadata fields\[\w+\]\.nativeDataType: expected .* CHARACTER SET utf8mb[34] COLLATE "),
        ("edge_cases", ".*", @"\.(cs_0900|t_string),\w+\) schemaMetadata fields\[(c|d|c_varchar_u8same)\]\.nativeDataType: expected .* CHARACTER SET utf8mb4 COLLATE "),

        // What the server says of itself (decision 8), and what our server has not set up of it.
        ("datahub_mariadb", "whole_server_full|whole_server_ref", @",information_schema\.\w+,PROD\) (upstreamLineage$|schemaMetadata fields\[\w+\]\.(nullable|nativeDataType|type\.type\.[\w.]+): )"),
        ("datahub_mariadb", "whole_server_full|whole_server_ref", @"^order differs: expected \S*,information_schema\.\S* \w+, got \S*,information_schema\."),
        ("datahub_mariadb", "whole_server_full", "^- entity missing: urn:li:query:"),
        ("datahub_mariadb", "whole_server_full", @"^- entity missing: \S*\(mysql,mysql\.stored_procedures,"),

        // SQL as the server prints it; the kind of a column's transformation is the same.
        (".*", ".*", @"^~ urn:li:query:\w+ queryProperties statement\.value: expected "),
        (".*", ".*", @" upstreamLineage fineGrainedLineages\[\d+\]\.transformOperation: expected ""(COPY|SQL): .* got ""\1: "),
        (".*", "incremental_lineage", @" upstreamLineage \(patch\)\[\d+\]\.path: expected ""/fineGrainedLineages/(COPY|SQL): .* got ""/fineGrainedLineages/\1: "),

        // Names with upper-case letters, with a dot or #, and tables that were not part of the run.
        ("edge_lineage|edge_names", ".*", @"(?i) (upstreamLineage|querySubjects) \S+: expected ""(.+)"", got ""\2""$"),
        ("edge_lineage", ".*", @" (upstreamLineage fineGrainedLineages: unexpected|querySubjects subjects: expected \d+ elements)"),
        ("edge_names", ".*", @",(edge#hash|edge\.dot)\.v,PROD\) upstreamLineage "),
        ("edge_names", ".*", @" querySubjects subjects\[[02]\]\.entity: expected .*,edge\.t,PROD\)"),
        ("edge_cases", ".*", @"[,.]edge_cases\.v\.dot,\w+\) upstreamLineage (fineGrainedLineages\[0\]|\(patch\)\[1\]\.value)\.confidenceScore: "),
        ("datahub_mariadb", "whole_server_full", @",sys\.[\w$]+,PROD\) upstreamLineage |^~ urn:li:query:\w+ querySubjects "),

        // Views with renamed columns.
        ("edge_cases", ".*", @"[,.]edge_cases\.v_renamed,\w+\) upstreamLineage fineGrainedLineages\[[012]\]\.downstreams\[0\]: "),
        ("edge_cases", ".*", @" querySubjects subjects\[[567]\]\.entity: expected .*[,.]edge_cases\.v_renamed,"),
        ("edge_cases", "incremental_lineage", @"[,.]edge_cases\.v_renamed,\w+\) upstreamLineage \(patch\)\[\d+\]\.path: "),

        // Views WITH CHECK OPTION; MariaDB prints their text otherwise to an account without SELECT.
        ("edge_cases", ".*", @"^\+ aspect extra: .*[,.]edge_cases\.v_merge,\w+\) upstreamLineage"),
        ("edge_cases", ".*", @"^\+ entity extra: .*urn:li:query:"),
        ("edge_cases", "default", @"[,.]edge_cases\.v_merge,PROD\) (datasetProperties customProperties\.view_definition|viewProperties viewLogic): "),

        // include_view_column_lineage is heeded.
        (".*", "no_view_column_lineage", @" (upstreamLineage fineGrainedLineages: missing|querySubjects subjects: expected \d+ elements)"),

        // Tables that lower case makes one.
        ("edge_cases", "lowercase_urns", @",edge_cases\.upper_case,PROD\) browsePathsV2: expected 1 records, got 2"),

        // Order: lineage goes by databases and views, the client's by urn, and its last browse path waits for it; procedures of MariaDB.
        ("edge_names", ".*", "^order differs: expected .*,edge%28paren%29%2Ccomma.v,PROD\\) upstreamLineage, got .*,edge%41pct.v,PROD\\) upstreamLineage"),
        ("edge_cases|datahub_mysql", "schema_pattern_alias", "^order differs: expected (urn.*) upstreamLineage, got \\1 browsePathsV2"),
        ("kea", ".*", "^order differs: expected urn:li:dataJob:.* dataJobInfo, got urn:li:dataJob:.* dataJobInfo"),

        // Profiling: the client's framework gives a profiled table its status once more.
        (".*", "profile_.*|upstream_.*", @" status: expected 2 records, got 1$"),
    ];

    /// <summary>Whether a line of a comparison is a difference that is meant.</summary>
    public static bool Has(string schema, string variant, string line) =>
        Array.Exists(All, meant => Regex.IsMatch(schema, $"^({meant.Schemas})$") && Regex.IsMatch(variant, $"^({meant.Variants})$") && Regex.IsMatch(line, meant.Line));
}
