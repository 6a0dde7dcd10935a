using System.Runtime.CompilerServices;
using AksInsights.Adapters.Workspaces.Recorded.Cells;

namespace AksInsights.Adapters.Workspaces.Recorded.Json;

/// <summary>Reads records that are JSON objects into the cells of a table, for one worker and file. Not thread-safe.</summary>
/// <remarks>A name that a record has twice keeps its last value. Names are compared exactly.</remarks>
internal sealed class JsonObjectReader(TableCells cells)
{
    private readonly JsonProperty _start = new("", null, isUnknown: false);
    private readonly Dictionary<string, JsonProperty> _properties = new(StringComparer.Ordinal);

    /// <summary>Reads one record, which must fill the bytes but for white space around it.</summary>
    /// <returns>False when it is no JSON object; the place is logged and the row's cells are null again.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(ReadOnlySpan<byte> record, int row, ProblemLog problems)
    {
        var at = 0;
        var property = _start;
        while (true)
        {
            var previous = property;
            property = previous.Follow(record, ref at) ?? FindNext(previous, record, ref at);
            if (property is null)
            {
                if (at >= 0)
                    return true;
                problems.BrokenRecord(record, ~at, "a JSON object on a line of its own");
                cells.Clear(row);
                return false;
            }

            if (property.IsUnknown)
                Count(property, problems);
            var end = property.Cells is { } target ? target.ReadJson(record, at, row) : JsonScan.SkipValue(record, at);
            if (end >= 0 && end == record.Length - 1 && record[end] == '}')
                return true;
            if (end < 0)
            {
                problems.BrokenRecord(record, ~end, $"the value of `{property.Name}` as JSON");
                cells.Clear(row);
                return false;
            }

            at = end;
        }
    }

    /// <summary>Logs the columns that the schema does not have, at the end of a block.</summary>
    public void LogUnknown(ProblemLog problems)
    {
        foreach (var property in _properties.Values)
        {
            if (property.Seen == 0)
                continue;
            problems.Line = property.FirstLine;
            problems.Add(RowProblemKind.UnknownColumn, property.Name, $"`{property.Name}`", "a column of the table's schema", property.Seen);
            property.Seen = 0;
        }
    }

    private static void Count(JsonProperty property, ProblemLog problems)
    {
        if (property.Seen++ == 0)
            property.FirstLine = problems.Line;
    }

    /// <summary>Parses what stands between two values. Null at the end of the record, with the place as complement if it is broken.</summary>
    private JsonProperty? FindNext(JsonProperty previous, ReadOnlySpan<byte> record, ref int at)
    {
        var start = at;
        at = JsonScan.SkipSpace(record, at);
        var isFirst = ReferenceEquals(previous, _start);
        if (!isFirst && at < record.Length && record[at] == '}')
            return End(record, ref at);
        if (at >= record.Length || record[at] != (isFirst ? '{' : ','))
            return Broken(ref at);
        at = JsonScan.SkipSpace(record, at + 1);
        if (isFirst && at < record.Length && record[at] == '}')
            return End(record, ref at);
        if (at >= record.Length || record[at] != '"')
            return Broken(ref at);
        var nameEnd = JsonScan.SkipString(record, at);
        if (nameEnd < 0)
            return Broken(ref nameEnd, ref at);
        var name = JsonUnescape.Text(record[(at + 1)..(nameEnd - 1)]);
        at = JsonScan.SkipSpace(record, nameEnd);
        if (at >= record.Length || record[at] != ':')
            return Broken(ref at);
        at = JsonScan.SkipSpace(record, at + 1);
        if (!_properties.TryGetValue(name, out var property))
            _properties.Add(name, property = new JsonProperty(name, cells.Find(name, out var isUnknown), isUnknown));
        previous.Learn(record[start..at], property);
        return property;
    }

    private static JsonProperty? End(ReadOnlySpan<byte> record, ref int at)
    {
        at = JsonScan.SkipSpace(record, at + 1);
        return at == record.Length ? null : Broken(ref at);
    }

    private static JsonProperty? Broken(ref int at)
    {
        at = ~at;
        return null;
    }

    private static JsonProperty? Broken(ref int place, ref int at)
    {
        at = place;
        return null;
    }
}
