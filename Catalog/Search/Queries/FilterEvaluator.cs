using System.Globalization;
using System.Text;
using Discovery.Catalog.Model;
using Discovery.Catalog.Search.Storage;

namespace Discovery.Catalog.Search.Queries;

/// <summary>Finds the documents that a filter holds for.</summary>
/// <param name="content">The index.</param>
/// <param name="work">Counts what this costs.</param>
internal sealed class FilterEvaluator(IndexContent content, SearchWork work)
{
    /// <summary>Most criteria of one filter.</summary>
    public const int MaxCriteria = 1_000;

    private const string UrnField = "urn";
    private const string LowercasedUrnField = "lowercasedUrn";
    private const string PlatformPrefix = "urn:li:dataPlatform:";

    /// <summary>Whether a filter says something about soft-deleted entities.</summary>
    public static bool NamesRemoved(SearchFilter filter) => filter.Alternatives.Any(all => all.Any(each => IndexSchema.Trim(each.Field) == "removed"));

    /// <summary>The documents that a filter holds for; null where it is all of them.</summary>
    /// <exception cref="CatalogException">A criterion is malformed, or there are too many.</exception>
    public Bitmap? Evaluate(SearchFilter filter)
    {
        if (filter.Alternatives.Sum(alternative => alternative.Count) > MaxCriteria)
        {
            throw new CatalogException(CatalogFault.Argument, $"the filter has more than {MaxCriteria} criteria");
        }
        Bitmap? any = null;
        foreach (var alternative in filter.Alternatives)
        {
            Bitmap? all = null;
            foreach (var criterion in alternative)
            {
                var matches = Evaluate(criterion);
                if (all is null)
                {
                    all = matches;
                }
                else
                {
                    all.And(matches);
                }
            }
            if (all is null)
            {
                // An alternative without criteria holds for everything.
                return null;
            }
            if (any is null)
            {
                any = all;
            }
            else
            {
                any.Or(all);
            }
        }
        return any;
    }

    private Bitmap Evaluate(Criterion criterion)
    {
        var field = IndexSchema.Trim(criterion.Field);
        var matches = field switch
        {
            UrnField or LowercasedUrnField => EvaluateUrn(criterion, field),
            _ => EvaluateColumn(criterion, field),
        };
        if (criterion.Negated)
        {
            matches.Invert();
        }
        return matches;
    }

    private Bitmap EvaluateUrn(Criterion criterion, string field)
    {
        var matches = new Bitmap(content.DocumentCount);
        if (field == UrnField && criterion.Condition is ("EQUAL" or "IN"))
        {
            foreach (var urn in criterion.Values)
            {
                if (content.FindDocument(Encoding.UTF8.GetBytes(urn)) is >= 0 and var document)
                {
                    matches.Set(document);
                }
            }
            return matches;
        }
        // The lower-case form of the urn is not stored: comparing without case is the same for a value in lower case.
        var holds = Condition(field == LowercasedUrnField && criterion.Condition is ("EQUAL" or "IN") ? criterion with { Condition = "IEQUAL" } : criterion, isNumber: false);
        for (var document = 0; document < content.DocumentCount; document++)
        {
            if (holds(content.Urns[content.UrnId(document)]))
            {
                matches.Set(document);
            }
        }
        return matches;
    }

    private Bitmap EvaluateColumn(Criterion criterion, string field)
    {
        var number = IndexSchema.Instance.FindColumn(field);
        var type = number < 0 ? SearchFieldType.Keyword : IndexSchema.Instance.Columns[number].Type;
        var isExact = criterion.Condition is "EQUAL" or "IN" or "IEQUAL";
        var asked = isExact ? criterion with { Values = [.. criterion.Values.Select(value => Normalize(field, type, value))] } : criterion;
        var holds = Condition(asked, type == SearchFieldType.Number);
        var matches = new Bitmap(content.DocumentCount);
        if (number < 0 || content.Column(number) is not { } column)
        {
            return matches;
        }
        var wanted = criterion.Condition is "EQUAL" or "IN" ? ValueSet.Of(column.Values, asked.Values) : ValueSet.Where(column.Values, holds);
        if (wanted.IsEmpty)
        {
            return matches;
        }
        var documents = column.Documents;
        var values = column.ValueIds;
        work.Spend(documents.Length);
        for (var i = 0; i < documents.Length; i++)
        {
            if (wanted.Contains(values[i]))
            {
                matches.Set(documents[i]);
            }
        }
        return matches;
    }

    /// <summary>A value as the index has it: <c>hive</c> as the urn of the platform, <c>DATASET</c> as <c>dataset</c>.</summary>
    private static string Normalize(string field, SearchFieldType type, string value) => field switch
    {
        "platform" when !value.StartsWith("urn:", StringComparison.Ordinal) => PlatformPrefix + value,
        _ when type == SearchFieldType.Boolean => value.ToLowerInvariant(),
        _ => EntityTypeNames.Normalize(field, value),
    };

    private ValueCondition Condition(Criterion criterion, bool isNumber)
    {
        switch (criterion.Condition)
        {
            case "EQUAL" or "IN":
                var texts = criterion.Values.Select(Encoding.UTF8.GetBytes).ToList();
                return value => Any(texts, value);
            case "IEQUAL":
                return Matches(criterion, anyBefore: false, anyAfter: false);
            case "CONTAIN":
                return Matches(criterion, anyBefore: true, anyAfter: true);
            case "START_WITH":
                return Matches(criterion, anyBefore: false, anyAfter: true);
            case "END_WITH":
                return Matches(criterion, anyBefore: true, anyAfter: false);
            case "EXISTS":
                return _ => true;
            case "GREATER_THAN":
                return Compares(criterion, isNumber, order => order > 0);
            case "GREATER_THAN_OR_EQUAL_TO":
                return Compares(criterion, isNumber, order => order >= 0);
            case "LESS_THAN":
                return Compares(criterion, isNumber, order => order < 0);
            case "LESS_THAN_OR_EQUAL_TO":
                return Compares(criterion, isNumber, order => order <= 0);
            case "DESCENDANTS_INCL" or "ANCESTORS_INCL" or "RELATED_INCL":
                throw new CatalogException(CatalogFault.NotBuilt, $"the condition {criterion.Condition} of a filter is not offered");
            default:
                throw new CatalogException(CatalogFault.Argument, $"'{criterion.Condition}' is no condition of a filter");
        }
    }

    private static bool Any(List<byte[]> texts, ReadOnlySpan<byte> value)
    {
        foreach (var text in texts)
        {
            if (value.SequenceEqual(text))
            {
                return true;
            }
        }
        return false;
    }

    private ValueCondition Matches(Criterion criterion, bool anyBefore, bool anyAfter)
    {
        var patterns = criterion.Values.Select(value => Wildcard.Around(value, anyBefore, anyAfter)).ToList();
        return value =>
        {
            foreach (var pattern in patterns)
            {
                if (pattern.IsMatch(value, work))
                {
                    return true;
                }
            }
            return false;
        };
    }

    private ValueCondition Compares(Criterion criterion, bool isNumber, Func<int, bool> holds)
    {
        if (criterion.Values is not [var bound])
        {
            throw new CatalogException(CatalogFault.Argument, $"the condition {criterion.Condition} on {criterion.Field} takes one value");
        }
        if (!isNumber)
        {
            var text = Encoding.UTF8.GetBytes(bound);
            return Counted(value => holds(value.SequenceCompareTo(text)));
        }
        return double.TryParse(bound, NumberStyles.Float, CultureInfo.InvariantCulture, out var limit)
            ? Counted(value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && holds(number.CompareTo(limit)))
            : throw new CatalogException(CatalogFault.Argument, $"'{bound}' is no number; {criterion.Field} is compared with one");
    }

    private ValueCondition Counted(ValueCondition holds) => value =>
    {
        work.Spend(value.Length);
        return holds(value);
    };
}
