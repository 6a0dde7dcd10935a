namespace AksInsights.Kql.Types;

/// <summary>A place in a text that moves forward as pieces of a value are read. Nothing moves when a read fails.</summary>
internal ref struct TextCursor(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>The index of the next character.</summary>
    public int Position { get; set; }

    /// <summary>True when every character was read.</summary>
    public readonly bool AtEnd => Position >= _text.Length;

    /// <summary>The next character, or NUL at the end.</summary>
    public readonly char Current => Position < _text.Length ? _text[Position] : '\0';

    /// <summary>What was not read yet.</summary>
    public readonly ReadOnlySpan<char> Rest => _text[Position..];

    /// <summary>Skips white space; true when there was some.</summary>
    public bool SkipSpaces()
    {
        var start = Position;
        while (Position < _text.Length && char.IsWhiteSpace(_text[Position]))
            Position++;
        return Position > start;
    }

    /// <summary>Reads one expected character.</summary>
    public bool TryChar(char expected)
    {
        if (Current != expected || AtEnd)
            return false;
        Position++;
        return true;
    }

    /// <summary>Reads an expected word, letter case ignored, that is not followed by another letter.</summary>
    public bool TryWord(ReadOnlySpan<char> word)
    {
        if (!Rest.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            return false;
        var end = Position + word.Length;
        if (end < _text.Length && char.IsAsciiLetter(_text[end]))
            return false;
        Position = end;
        return true;
    }

    /// <summary>Reads the longest run of ASCII letters; empty when there is none.</summary>
    public ReadOnlySpan<char> Letters()
    {
        var start = Position;
        while (Position < _text.Length && char.IsAsciiLetter(_text[Position]))
            Position++;
        return _text[start..Position];
    }

    /// <summary>The number of decimal digits from here on.</summary>
    public readonly int CountDigits()
    {
        var end = Position;
        while (end < _text.Length && char.IsAsciiDigit(_text[end]))
            end++;
        return end - Position;
    }

    /// <summary>Reads the whole run of digits when its length is within the bounds; at most nine digits.</summary>
    public bool TryNumber(int minDigits, int maxDigits, out int value)
    {
        value = 0;
        var count = CountDigits();
        if (count < minDigits || count > maxDigits)
            return false;
        value = Take(count);
        return true;
    }

    /// <summary>Reads exactly so many digits, which the caller has counted.</summary>
    public int Take(int digits)
    {
        var value = 0;
        for (var i = 0; i < digits; i++)
            value = (value * 10) + (_text[Position++] - '0');
        return value;
    }

    /// <summary>Reads the digits after a decimal point as ticks of 100 ns; what is finer is rounded half up.</summary>
    public bool TryFraction(out long ticks)
    {
        ticks = 0;
        var count = CountDigits();
        if (count == 0)
            return false;
        var rest = Rest[..count];
        for (var i = 0; i < 7; i++)
            ticks = (ticks * 10) + (i < count ? rest[i] - '0' : 0);
        if (count > 7 && rest[7] >= '5')
            ticks++;
        Position += count;
        return true;
    }
}
