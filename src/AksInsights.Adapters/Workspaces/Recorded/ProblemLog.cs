using System.Text;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Adapters.Workspaces.Recorded;

/// <summary>Collects what is wrong with the records of one block. Lines are counted from the block's first, which is 0. Not thread-safe.</summary>
internal sealed class ProblemLog
{
    /// <summary>The number of examples kept of each kind of problem.</summary>
    public const int MaxExamples = 5;

    private const int MaxFoundBytes = 60;
    private Dictionary<(RowProblemKind Kind, string? Column), (long Count, List<ProblemExample> Examples)>? _problems;

    /// <summary>A log for a reader that has not begun a block.</summary>
    public static ProblemLog None { get; } = new();

    /// <summary>The line of the record being read.</summary>
    public int Line { get; set; }

    /// <summary>How many problems were counted.</summary>
    public long Count { get; private set; }

    /// <summary>All problems so far, in the order in which each kind was first met.</summary>
    public IEnumerable<RowProblem> Problems => _problems is null
        ? []
        : _problems.Select(problem => new RowProblem(problem.Key.Kind, problem.Key.Column, problem.Value.Count, problem.Value.Examples));

    /// <summary>Counts a cell that is not of its column's type.</summary>
    public void WrongType(ColumnSymbol column, ReadOnlySpan<byte> found) =>
        Add(RowProblemKind.WrongType, column.Name, Quote(found), Expected(column.Type));

    /// <summary>Counts a text whose bytes are not UTF-8.</summary>
    public void NotText(ColumnSymbol column, ReadOnlySpan<byte> found) => Add(RowProblemKind.NotText, column.Name, Quote(found), "UTF-8 text");

    /// <summary>Counts a record that cannot be read.</summary>
    public void BrokenRecord(ReadOnlySpan<byte> record, int at, string expected)
    {
        var found = at < record.Length ? Quote(record[at..]) : "the end of the record";
        Add(RowProblemKind.BrokenRecord, null, $"{found} at byte {at + 1}", expected);
    }

    /// <summary>Counts a problem.</summary>
    public void Add(RowProblemKind kind, string? column, string found, string expected, long count = 1)
    {
        Count += count;
        _problems ??= [];
        if (!_problems.TryGetValue((kind, column), out var entry))
            entry.Examples = [];
        if (entry.Examples.Count < MaxExamples)
            entry.Examples.Add(new ProblemExample(Line, found, expected));
        _problems[(kind, column)] = (entry.Count + count, entry.Examples);
    }

    /// <summary>Bytes of a file as a person may read them: in backticks, cut short, without control characters.</summary>
    public static string Quote(ReadOnlySpan<byte> found)
    {
        var text = Encoding.UTF8.GetString(found.Length > MaxFoundBytes ? found[..MaxFoundBytes] : found);
        var shown = string.Concat(text.Select(c => char.IsControl(c) ? '�' : c));
        return found.Length > MaxFoundBytes ? $"`{shown}`..." : $"`{shown}`";
    }

    private static string Expected(KqlType type) => type switch
    {
        KqlType.Int => "a whole number of 32 bits",
        KqlType.Long => "a whole number of 64 bits",
        KqlType.Real => "a number",
        KqlType.Decimal => "a decimal number",
        KqlType.DateTime => "a date-time such as 2026-11-20T06:00:04Z",
        KqlType.TimeSpan => "a timespan such as 1.02:03:04",
        KqlType.Bool => "true or false",
        KqlType.Guid => "a guid",
        _ => type.Name(),
    };
}
