using System.Text.Json.Nodes;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy;

/// <summary>Matches labels as Kubernetes does.</summary>
internal static class LabelSelector
{
    /// <summary>Whether a selector (<c>matchLabels</c>, <c>matchExpressions</c>) takes labels; an empty one takes all.</summary>
    public static bool Matches(JsonObject? selector, JsonObject? labels) =>
        MatchesLabels(selector.Mapping("matchLabels"), labels) && selector.Mappings("matchExpressions").All(expression => MatchesExpression(expression, labels));

    /// <summary>Whether all of these labels are among others, as for a Service.</summary>
    public static bool MatchesLabels(JsonObject? wanted, JsonObject? labels) =>
        wanted is null || wanted.All(label => label.Value.Text() is { } value && labels.Text(label.Key) == value);

    private static bool MatchesExpression(JsonObject expression, JsonObject? labels)
    {
        var value = labels.Text(expression.Text("key") ?? "");
        return expression.Text("operator") switch
        {
            "In" => value is not null && expression.Texts("values").Contains(value),
            "NotIn" => value is null || !expression.Texts("values").Contains(value),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => false,
        };
    }
}
