using System.Numerics;

namespace Discovery.Catalog.Search.Storage;

/// <summary>A set of documents.</summary>
internal sealed class Bitmap(int capacity)
{
    private readonly ulong[] _words = new ulong[(capacity + 63) / 64];

    /// <summary>How many documents it has room for.</summary>
    public int Capacity { get; } = capacity;

    /// <summary>How many documents are in it.</summary>
    public int Count()
    {
        var count = 0;
        foreach (var word in _words)
        {
            count += BitOperations.PopCount(word);
        }
        return count;
    }

    /// <summary>Whether a document is in it.</summary>
    public bool this[int document] => (_words[document >> 6] >> (document & 63) & 1) != 0;

    /// <summary>Puts a document in.</summary>
    public void Set(int document) => _words[document >> 6] |= 1UL << (document & 63);

    /// <summary>Takes a document out.</summary>
    public void Clear(int document) => _words[document >> 6] &= ~(1UL << (document & 63));

    /// <summary>Keeps what is in both.</summary>
    public void And(Bitmap other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] &= other._words[i];
        }
    }

    /// <summary>Takes what is in either.</summary>
    public void Or(Bitmap other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] |= other._words[i];
        }
    }

    /// <summary>Takes out what is in another.</summary>
    public void Remove(Bitmap other)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] &= ~other._words[i];
        }
    }

    /// <summary>Takes what is not in it.</summary>
    public void Invert()
    {
        for (var i = 0; i < _words.Length; i++)
        {
            _words[i] = ~_words[i];
        }
        if (_words.Length > 0 && (Capacity & 63) != 0)
        {
            _words[^1] &= (1UL << (Capacity & 63)) - 1;
        }
    }

    /// <summary>The documents in it, in order.</summary>
    public IEnumerable<int> Documents()
    {
        for (var i = 0; i < _words.Length; i++)
        {
            for (var word = _words[i]; word != 0; word &= word - 1)
            {
                yield return (i << 6) + BitOperations.TrailingZeroCount(word);
            }
        }
    }
}
