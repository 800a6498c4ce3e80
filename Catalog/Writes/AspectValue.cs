using System.Text.Json;
using System.Text.Unicode;
using Discovery.Catalog.Writes.Values;
using Discovery.Metadata.Model;
using Discovery.Metadata.Serialization;

namespace Discovery.Catalog.Writes;

/// <summary>Checks JSON values and writes them compactly, in one pass.</summary>
internal static class AspectValue
{
    /// <summary>A buffer larger than this is not kept for the next value of the thread.</summary>
    private const int MaxKept = 1 << 20;

    [ThreadStatic]
    private static Utf8Buffer? _kept;

    /// <inheritdoc cref="ProposalChecker.CheckValue"/>
    public static ReadOnlyMemory<byte> Check(AspectType aspect, ReadOnlyMemory<byte> value) =>
        Check(ValueShapes.Of(aspect.Record), value, aspect.Record.FullName);

    /// <summary>Any JSON, made compact: each name once in an object, no half surrogate pairs.</summary>
    /// <param name="value">The value as UTF-8 JSON.</param>
    /// <param name="what">What it is, for a message.</param>
    public static ReadOnlyMemory<byte> Compact(ReadOnlyMemory<byte> value, string what) => Check(AnyShape.Instance, value, what);

    private static ReadOnlyMemory<byte> Check(ValueShape shape, ReadOnlyMemory<byte> value, string what)
    {
        if (!Utf8.IsValid(value.Span))
        {
            throw new CatalogException(CatalogFault.Validation, $"Failed to validate record with class {what}: the value is not UTF-8 text");
        }
        var output = _kept ?? new Utf8Buffer(4096);
        _kept = null;
        try
        {
            var reader = new ValueReader(value.Span, output);
            reader.Read();
            shape.Check(ref reader);
            // Throws when text follows the value.
            reader.Read();
            if (reader.FaultCount > 0)
            {
                throw new CatalogException(CatalogFault.Validation, $"Failed to validate record with class {what}: {reader.Faults()}");
            }
            return output.Written.SequenceEqual(value.Span) ? value : output.Written.ToArray();
        }
        catch (JsonException exception)
        {
            throw new CatalogException(CatalogFault.Validation, $"Failed to validate record with class {what}: not valid JSON: {exception.Message}");
        }
        finally
        {
            output.Length = 0;
            _kept = output.Capacity <= MaxKept ? output : null;
        }
    }
}
