using System.Text.RegularExpressions;

namespace Discovery.Deploy.Input.Forms;

/// <summary>A text that the chart writes into YAML without quotes, so that it must not look like anything but text there.</summary>
internal sealed partial class PlainTextAttribute() : TextPatternAttribute(
    "a text of letters, digits and ._@:/- that does not look like a number, date or switch, since DataHub's chart writes it without quotes", "^[A-Za-z0-9][A-Za-z0-9._@:/-]*$")
{
    /// <inheritdoc/>
    public override bool Takes(string text) => base.Takes(text) && !IsAmbiguous(text);

    /// <summary>Whether YAML 1.1 or 1.2 takes a text without quotes for something else than text.</summary>
    public static bool IsAmbiguous(string text) => Ambiguous().IsMatch(text);

    // Numbers in all notations, 12:30:00, dates, and a mapping that a colon at the end begins.
    [GeneratedRegex(
        @"^(?:null|true|false|yes|no|on|off|y|n|0x[0-9a-f_]+|0o[0-7_]+|0b[01_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:e[0-9+-]+)?|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[t ].*)?|.*:)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ambiguous();
}
