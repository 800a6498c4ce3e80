namespace Discovery.Catalog.Search.Storage;

internal sealed partial class IndexContent
{
    /// <summary>The same entities in memory of their own, without dead documents and what only those had. Others may read meanwhile.</summary>
    public IndexContent WithoutDead()
    {
        var fresh = new IndexContent();
        var numbers = new int[DocumentCount];
        for (var document = 0; document < numbers.Length; document++)
        {
            numbers[document] = _states[document] == (byte)DocumentState.Dead
                ? -1
                : fresh.AddDocument(fresh.Urns.Add(Urns[_urnOf[document]]), _digests[document], _weights[document], (DocumentState)_states[document]);
        }
        for (var number = 0; number < _columns.Length; number++)
        {
            fresh._columns[number] = CopyLive(_columns[number], numbers);
        }
        for (var term = 0; term < Terms.Count; term++)
        {
            CopyLive(term, numbers, fresh);
        }
        fresh.UpdateOrder();
        return fresh;
    }

    private static Column? CopyLive(Column? column, int[] numbers)
    {
        if (column is null)
        {
            return null;
        }
        var copy = new Column();
        var ids = new int[column.Values.Count];
        Array.Fill(ids, -1);
        for (var i = 0; i < column.Documents.Length; i++)
        {
            if (numbers[column.Documents[i]] is >= 0 and var document)
            {
                ref var id = ref ids[column.ValueIds[i]];
                id = id < 0 ? copy.Values.Add(column.Values[column.ValueIds[i]]) : id;
                copy.Append(document, id);
            }
        }
        return copy.Documents.IsEmpty ? null : copy;
    }

    /// <summary>Copies the postings of a term; of what they hold only the distances between documents change.</summary>
    private void CopyLive(int term, int[] numbers, IndexContent fresh)
    {
        var bytes = Postings.Read(term);
        var copy = fresh._encoded.Length < bytes.Length + 16 ? fresh._encoded = new byte[bytes.Length * 2 + 16] : fresh._encoded;
        var (length, last, documents) = (0, -1, 0);
        for (var postings = new PostingReader(bytes); postings.MoveNext();)
        {
            if (numbers[postings.Document] is >= 0 and var document)
            {
                documents += document == last ? 0 : 1;
                PostingReader.WriteNumber(document - last, copy, ref length);
                postings.Entry.CopyTo(copy.AsSpan(length));
                length += postings.Entry.Length;
                last = document;
            }
        }
        if (length > 0)
        {
            fresh.Postings.Append(fresh.Terms.Add(Terms[term]), copy.AsSpan(0, length), last, documents);
        }
    }
}
