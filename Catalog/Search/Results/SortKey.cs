using System.Globalization;
using System.Text;
using Discovery.Catalog.Model;
using Discovery.Catalog.Search.Storage;

namespace Discovery.Catalog.Search.Results;

/// <summary>One thing that documents are ordered by. Documents without it come last, whatever the direction.</summary>
internal abstract class SortKey
{
    /// <summary>Which of two documents comes first; negative for the first.</summary>
    public abstract int Compare(int left, int right);

    /// <summary>Whether a document comes before or after a place that <see cref="Describe"/> told.</summary>
    /// <exception cref="FormatException">The place is malformed.</exception>
    public abstract int CompareTo(int document, string? place);

    /// <summary>The place of a document, which is good as long as the document does not change.</summary>
    public abstract string? Describe(int document);

    /// <summary>The key of a field.</summary>
    public static SortKey? Of(SortBy sort, IndexContent content)
    {
        if (IndexSchema.Trim(sort.Field) == "urn")
        {
            return new UrnKey(content, sort.Descending);
        }
        var number = IndexSchema.Instance.FindColumn(sort.Field);
        // A field that no document has puts all in the same place.
        return number < 0 || content.Column(number) is not { } column ? null
            : IndexSchema.Instance.Columns[number].Type == SearchFieldType.Number ? new NumberKey(column, content, sort.Descending)
            : new TextKey(column, content, sort.Descending);
    }

    /// <summary>Best match first.</summary>
    public sealed class ScoreKey(float[]? scores) : SortKey
    {
        /// <inheritdoc/>
        public override int Compare(int left, int right) => scores is null ? 0 : scores[right].CompareTo(scores[left]);

        /// <inheritdoc/>
        public override int CompareTo(int document, string? place) =>
            scores is null ? 0 : BitConverter.Int32BitsToSingle(int.Parse(place ?? "", CultureInfo.InvariantCulture)).CompareTo(scores[document]);

        /// <inheritdoc/>
        public override string? Describe(int document) =>
            scores is null ? null : BitConverter.SingleToInt32Bits(scores[document]).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>By urn.</summary>
    public sealed class UrnKey(IndexContent content, bool descending) : SortKey
    {
        /// <inheritdoc/>
        public override int Compare(int left, int right) =>
            descending ? content.UrnOrder.Compare(content.UrnId(right), content.UrnId(left)) : content.UrnOrder.Compare(content.UrnId(left), content.UrnId(right));

        /// <inheritdoc/>
        public override int CompareTo(int document, string? place)
        {
            var order = content.Urns[content.UrnId(document)].SequenceCompareTo(Encoding.UTF8.GetBytes(place ?? ""));
            return descending ? -order : order;
        }

        /// <inheritdoc/>
        public override string? Describe(int document) => content.Urn(document);
    }

    private sealed class NumberKey : SortKey
    {
        private readonly double[] _values;
        private readonly bool _descending;

        public NumberKey(Column column, IndexContent content, bool descending)
        {
            _descending = descending;
            _values = new double[content.DocumentCount];
            Array.Fill(_values, double.NaN);
            var numbers = column.Numbers();
            for (var i = column.Documents.Length - 1; i >= 0; i--)
            {
                _values[column.Documents[i]] = numbers[column.ValueIds[i]];
            }
        }

        public override int Compare(int left, int right) => Compare(_values[left], _values[right]);

        public override int CompareTo(int document, string? place) =>
            Compare(_values[document], place is null ? double.NaN : double.Parse(place, CultureInfo.InvariantCulture));

        public override string? Describe(int document) =>
            double.IsNaN(_values[document]) ? null : _values[document].ToString("R", CultureInfo.InvariantCulture);

        private int Compare(double left, double right) =>
            double.IsNaN(left) || double.IsNaN(right) ? double.IsNaN(left).CompareTo(double.IsNaN(right))
            : _descending ? right.CompareTo(left) : left.CompareTo(right);
    }

    private sealed class TextKey : SortKey
    {
        private readonly BytePool _texts;
        private readonly int[] _values;
        private readonly bool _descending;

        public TextKey(Column column, IndexContent content, bool descending)
        {
            (_texts, _descending) = (column.Values, descending);
            _values = new int[content.DocumentCount];
            Array.Fill(_values, -1);
            for (var i = column.Documents.Length - 1; i >= 0; i--)
            {
                _values[column.Documents[i]] = column.ValueIds[i];
            }
        }

        public override int Compare(int left, int right)
        {
            var (first, second) = (_values[left], _values[right]);
            return first == second ? 0
                : first < 0 || second < 0 ? (first < 0).CompareTo(second < 0)
                : Order(_texts[first].SequenceCompareTo(_texts[second]));
        }

        public override int CompareTo(int document, string? place) =>
            _values[document] < 0 || place is null ? (_values[document] < 0).CompareTo(place is null)
            : Order(_texts[_values[document]].SequenceCompareTo(Encoding.UTF8.GetBytes(place)));

        public override string? Describe(int document) => _values[document] < 0 ? null : Encoding.UTF8.GetString(_texts[_values[document]]);

        private int Order(int order) => _descending ? -order : order;
    }
}
