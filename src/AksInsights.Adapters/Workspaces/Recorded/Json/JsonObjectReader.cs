using System.Runtime.CompilerServices;
using AksInsights.Adapters.Workspaces.Recorded.Cells;

namespace AksInsights.Adapters.Workspaces.Recorded.Json;

/// <summary>Reads records that are JSON objects into the cells of a table, for one worker and file. Not thread-safe.</summary>
/// <remarks>
/// <para>A record mostly repeats the one before it. Both are compared byte by byte, many bytes at once: what is equal, names and values alike,
/// is not parsed again. Only where they differ is one value parsed, or, if it is not a value that differs, one name.</para>
/// <para>A name that a record has twice keeps its last value. Names are compared exactly.</para>
/// </remarks>
internal sealed class JsonObjectReader : IJsonElementReader
{
    private const int Whole = -1;
    private readonly TableCells _cells;
    private readonly JsonNames _names;
    private readonly JsonPattern _pattern;
    private int _beforeStart;
    private int _beforeLength;

    /// <summary>Makes a reader into cells.</summary>
    public JsonObjectReader(TableCells cells)
    {
        _cells = cells;
        _names = new JsonNames(cells);
        _pattern = new JsonPattern(_names);
    }

    /// <summary>Starts a block: the record before is out of reach, and all cells are null.</summary>
    public void Begin() => _pattern.Clear();

    /// <summary>Ends a block.</summary>
    public void End(ProblemLog problems) => _names.LogUnknown(problems);

    /// <summary>Reads one record of a block, which must be one object but for white space around it.</summary>
    /// <returns>False when it is no JSON object; the place is logged and the row's cells are null again.</returns>
    public bool TryRead(ReadOnlySpan<byte> block, int start, int length, int row, ProblemLog problems)
    {
        var problemsBefore = problems.Count;
        if (!_pattern.IsUsable)
        {
            _cells.Clear(row);
            _pattern.Clear();
        }

        var record = block.Slice(start, length);
        var broken = Walk(record, _pattern.Count == 0 ? [] : block.Slice(_beforeStart, _beforeLength), row);
        if (broken != Whole)
        {
            problems.BrokenRecord(record, broken, "a JSON object");
            _cells.Clear(row);
            _pattern.Clear();
            return false;
        }

        if (_names.HasUnknown)
            CountUnknown(problems.Line);
        _beforeStart = start;
        _beforeLength = length;
        // What was logged has to be logged again when it is repeated, so such a record is no pattern for the next.
        _pattern.IsUsable &= problems.Count == problemsBefore;
        return true;
    }

    /// <summary>Reads a record along the one before it; <see cref="Whole"/>, or the place where it is broken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Walk(ReadOnlySpan<byte> record, ReadOnlySpan<byte> before, int row)
    {
        int at = 0, beforeAt = 0, place = 0;
        while (true)
        {
            var same = place < _pattern.Count ? before[beforeAt..].CommonPrefixLength(record[at..]) : 0;
            var repeated = Repeated(ref place, same);
            at += repeated;
            beforeAt += repeated;
            if (place > 0 && at == record.Length - 1 && record[at] == '}')
            {
                _pattern.Truncate(place, row);
                return Whole;
            }

            if (place < _pattern.Count && repeated + _pattern[place].Lead <= same)
            {
                at += _pattern[place].Lead;
                beforeAt += _pattern[place].Lead + _pattern[place].Length;
                // This record may have white space behind the colon where the one before had none.
                var start = JsonScan.SkipSpace(record, at);
                _pattern[place].Lead += start - at;
                at = start;
            }
            else
            {
                var lead = at;
                var property = FindNext(record, ref at, isFirst: place == 0);
                if (property < 0)
                {
                    _pattern.Truncate(place, row);
                    return at < 0 ? ~at : Whole;
                }

                beforeAt += _pattern.Align(place, property, row);
                _pattern[place].Lead = at - lead;
            }

            var end = _names[_pattern[place].Property].Cells is { } target ? target.ReadJson(record, at, row) : JsonScan.SkipValue(record, at);
            if (end < 0)
                return ~end;
            _pattern[place++].Length = end - at;
            at = end;
        }
    }

    /// <summary>Passes over the properties whose values, and the byte behind them, lie within the bytes that are the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Repeated(ref int place, int same)
    {
        var end = 0;
        while (place < _pattern.Count)
        {
            var step = _pattern[place];
            var next = end + step.Lead + step.Length;
            if (next >= same)
                break;
            end = next;
            place++;
        }

        return end;
    }

    private void CountUnknown(int line)
    {
        for (var place = 0; place < _pattern.Count; place++)
        {
            var property = _names[_pattern[place].Property];
            if (property.IsUnknown && property.Seen++ == 0)
                property.FirstLine = line;
        }
    }

    /// <summary>Parses what stands between two values: the number of the next property, or -1 at the end of the record.</summary>
    /// <remarks>At the end, the place is negative if the record is broken: its complement says where.</remarks>
    private int FindNext(ReadOnlySpan<byte> record, ref int at, bool isFirst)
    {
        at = JsonScan.SkipSpace(record, at);
        if (!isFirst && at < record.Length && record[at] == '}')
            return End(record, ref at);
        if (at >= record.Length || record[at] != (isFirst ? '{' : ','))
            return Broken(at, out at);
        at = JsonScan.SkipSpace(record, at + 1);
        if (isFirst && at < record.Length && record[at] == '}')
            return End(record, ref at);
        if (at >= record.Length || record[at] != '"')
            return Broken(at, out at);
        var nameStart = at + 1;
        var nameEnd = JsonScan.SkipString(record, at);
        if (nameEnd < 0)
            return Broken(~nameEnd, out at);
        at = JsonScan.SkipSpace(record, nameEnd);
        if (at >= record.Length || record[at] != ':')
            return Broken(at, out at);
        at = JsonScan.SkipSpace(record, at + 1);
        var property = _names.Find(record[nameStart..(nameEnd - 1)]);
        return property < 0 ? Broken(nameStart, out at) : property;
    }

    private static int End(ReadOnlySpan<byte> record, ref int at)
    {
        var end = JsonScan.SkipSpace(record, at + 1);
        at = end == record.Length ? end : ~end;
        return -1;
    }

    private static int Broken(int place, out int at)
    {
        at = ~place;
        return -1;
    }
}
