namespace Discovery.Catalog.Pages.Views;

/// <summary>Fields of the search index in words for people.</summary>
internal static class FieldNames
{
    public static string Of(string field) => field switch
    {
        "urn" or "id" or "name" or "qualifiedName" or "displayName" => "name",
        "description" or "editedDescription" => "description",
        "fieldPaths" => "columns",
        "fieldDescriptions" or "editedFieldDescriptions" => "column comments",
        "tags" or "fieldTags" or "editedFieldTags" => "tags",
        "glossaryTerms" or "fieldGlossaryTerms" or "editedFieldGlossaryTerms" => "terms",
        "customProperties" => "properties",
        "viewLogic" or "formattedViewLogic" => "view definition",
        _ => field,
    };
}
