using System.Globalization;
using System.Text.RegularExpressions;

namespace Discovery.Deploy.Input.Forms;

/// <summary>Processor time: cores, or thousandths of one.</summary>
internal sealed class CpuAttribute() : TextPatternAttribute("processor time, such as 500m (half a core) or 2 (in quotes)", @"^([1-9][0-9]*m|[1-9][0-9]*(\.[0-9]{1,3})?|0\.(?!0+$)[0-9]{1,3})$");

/// <summary>Memory or disk space in whole mebibytes, gibibytes or tebibytes.</summary>
internal sealed partial class BytesAttribute() : TextPatternAttribute("an amount in Mi, Gi or Ti, such as 512Mi or 2Gi", "^[1-9][0-9]{0,6}(Mi|Gi|Ti)$")
{
    /// <inheritdoc/>
    public override string Advice(string text)
    {
        if (Amount().Match(text) is not { Success: true } match)
        {
            return "";
        }
        var number = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        var (amount, unit) = (number, match.Groups["unit"].Value.ToUpperInvariant()) switch
        {
            (_, "G") => double.IsInteger(number) ? (number, "Gi") : (number * 1024, "Mi"),
            (_, "T") => double.IsInteger(number) ? (number, "Ti") : (number * 1024, "Gi"),
            _ => (number, "Mi"),
        };
        var milli = match.Groups["unit"].Value == "m" ? "; 'm' is a thousandth of a byte" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{milli}; write {Math.Ceiling(amount)}{unit}");
    }

    // 512m, 512M, 512MB, 512 and 1.5Gi
    [GeneratedRegex(@"^(?<number>[0-9]{1,7}(\.[0-9]{1,3})?) ?(?<unit>[mMgGtT]?)(i|B|iB)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Amount();
}
