namespace Discovery.Metadata.Files;

/// <summary>Finds the end of a JSON object or array in text that arrives in pieces. Looks at brackets and strings only.</summary>
internal struct ElementScanner
{
    private int _depth;
    private bool _inString;
    private bool _escaped;

    /// <summary>Goes on with the next piece.</summary>
    /// <param name="piece">Text that follows the piece before.</param>
    /// <param name="consumed">Bytes that belong to the element.</param>
    /// <returns>Whether the element ends in this piece.</returns>
    public bool Scan(ReadOnlySpan<byte> piece, out int consumed)
    {
        consumed = 0;
        while (consumed < piece.Length)
        {
            if (_escaped)
            {
                _escaped = false;
                consumed++;
                continue;
            }
            var next = _inString ? piece[consumed..].IndexOfAny((byte)'"', (byte)'\\') : piece[consumed..].IndexOfAny("\"{}[]"u8);
            if (next < 0)
            {
                consumed = piece.Length;
                return false;
            }
            consumed += next + 1;
            switch (piece[consumed - 1])
            {
                case (byte)'"':
                    _inString = !_inString;
                    break;
                case (byte)'\\':
                    _escaped = true;
                    break;
                case (byte)'{' or (byte)'[':
                    _depth++;
                    break;
                default:
                    _depth--;
                    break;
            }
            if (_depth == 0 && !_inString)
            {
                return true;
            }
        }
        return false;
    }
}
