using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;

namespace AksInsights.Adapters.Workspaces.Recorded.Cells;

/// <summary>Decodes cells that are held as codes into a pool: each distinct spelling is turned into a value once.</summary>
/// <remarks>
/// Recordings repeat themselves: a row has the text of the row before, or the text that followed that one in the snapshot before. Both are
/// tried by comparing bytes, which needs neither the end of the string nor a hash.
/// </remarks>
internal abstract class CodedCollector(ColumnSymbol column) : CellCollector(column)
{
    private int[] _codes = [];
    private int _from;
    private int _code;
    private int _last;

    /// <summary>The spellings met so far by this worker.</summary>
    protected RawTexts Texts { get; } = new();

    /// <inheritdoc/>
    public override void Begin(int capacity, ProblemLog problems)
    {
        base.Begin(capacity, problems);
        _from = 0;
        _code = 0;
    }

    /// <inheritdoc/>
    public override void Clear(int row) => Set(row, 0);

    /// <inheritdoc/>
    public override CellPart End(int rows)
    {
        Set(rows, 0);
        var part = new CellPart(this, rows, _codes.Length == 0 ? null : _codes, null);
        _codes = [];
        return part;
    }

    /// <inheritdoc/>
    public override Column Assemble(IReadOnlyList<CellPart> parts, int rows)
    {
        if (parts.All(part => part.Values is null))
            return Constants.Create(Column.Type, null, rows);
        var codes = new int[rows];
        var values = new List<string> { "" };
        var known = new Dictionary<string, int>(StringComparer.Ordinal) { [""] = 0 };
        // Codes are given in row order, so the result does not depend on which worker read what.
        var translations = new Dictionary<CellCollector, int[]>(ReferenceEqualityComparer.Instance);
        var start = 0;
        foreach (var part in parts)
        {
            if (part.Values is int[] source)
            {
                var owner = (CodedCollector)part.Owner;
                if (!translations.TryGetValue(owner, out var translation))
                    translations.Add(owner, translation = new int[owner.Texts.Count]);
                owner.Translate(source.AsSpan(0, part.Rows), codes.AsSpan(start), translation, known, values);
                ArrayPool<int>.Shared.Return(source);
            }

            start += part.Rows;
        }

        return Finish(codes, values);
    }

    /// <summary>Makes the column of codes into distinct texts.</summary>
    protected abstract Column Finish(int[] codes, List<string> texts);

    /// <summary>What an entry's bytes mean.</summary>
    protected abstract string Decode(in RawTexts.Entry entry);

    /// <summary>Tries the two spellings expected in a row against the bytes at the start of <paramref name="rest"/>.</summary>
    /// <returns>The length of the spelling that fits and is followed by a quote; -1 when neither does.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected int Predict(ReadOnlySpan<byte> rest, int row)
    {
        ref var last = ref Texts[_last];
        var code = last.Successor;
        ref var next = ref Texts[code];
        if (Fits(rest, next))
        {
            _last = code;
            Set(row, code);
            return next.Length;
        }

        if (!Fits(rest, last))
            return -1;
        Set(row, _last);
        return last.Length;
    }

    /// <summary>Looks a spelling up and writes its code into a row.</summary>
    protected void Look(ReadOnlySpan<byte> raw, int row, bool isVerbatim)
    {
        var code = Texts.Intern(raw, isVerbatim);
        if (code < 0)
        {
            Problems.NotText(Column, raw);
            code = Texts.Intern(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(raw)), isVerbatim);
        }

        Texts[_last].Successor = code;
        _last = code;
        Set(row, code);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Fits(ReadOnlySpan<byte> rest, in RawTexts.Entry entry) =>
        rest.Length > entry.Length && rest[entry.Length] == '"' && rest[..entry.Length].SequenceEqual(entry.Raw);

    /// <summary>Sets the code from a row on, and writes the one before into the rows that have it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Set(int row, int code)
    {
        if (row == _from + 1 && _codes.Length > 0)
            _codes[_from] = _code;
        else
            WriteRun(row);
        _from = row;
        _code = code;
    }

    private void WriteRun(int row)
    {
        if (row <= _from || (_code == 0 && _codes.Length == 0))
            return;
        if (_codes.Length == 0)
        {
            _codes = ArrayPool<int>.Shared.Rent(Capacity);
            _codes.AsSpan(0, _from).Clear();
        }

        _codes.AsSpan(_from, row - _from).Fill(_code);
    }

    private void Translate(
        ReadOnlySpan<int> source, Span<int> target, int[] translation, Dictionary<string, int> known, List<string> values)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var code = source[i];
            if (code == 0)
                continue;
            // One is added, so that 0 says: not met yet.
            if (translation[code] == 0)
                translation[code] = Find(Decode(Texts[code]), known, values) + 1;
            target[i] = translation[code] - 1;
        }
    }

    private static int Find(string text, Dictionary<string, int> known, List<string> values)
    {
        if (known.TryGetValue(text, out var code))
            return code;
        code = values.Count;
        known.Add(text, code);
        values.Add(text);
        return code;
    }
}
