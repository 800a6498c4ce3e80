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
        Column? copy = null;
        for (var i = 0; i < column?.Documents.Length; i++)
        {
            if (numbers[column.Documents[i]] is >= 0 and var document)
            {
                (copy ??= new Column()).Add(document, column.Values[column.ValueIds[i]]);
            }
        }
        return copy;
    }

    private void CopyLive(int term, int[] numbers, IndexContent fresh)
    {
        var id = -1;
        var current = -1;
        var occurrences = new List<(int Field, int Position)>();
        for (var postings = new PostingReader(Postings.Read(term)); postings.MoveNext();)
        {
            var document = numbers[postings.Document];
            if (document < 0)
            {
                continue;
            }
            if (document != current)
            {
                Flush();
                current = document;
            }
            for (var position = postings.NextPosition(0); position >= 0; position = postings.NextPosition(position))
            {
                occurrences.Add((postings.Field, position));
            }
        }
        Flush();

        void Flush()
        {
            if (occurrences.Count > 0)
            {
                id = id < 0 ? fresh.Terms.Add(Terms[term]) : id;
                fresh.Append(id, current, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(occurrences));
                occurrences.Clear();
            }
        }
    }
}
