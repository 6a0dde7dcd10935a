using AksInsights.Adapters.Workspaces.Recorded.Cells;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Adapters.Workspaces.Recorded.Reading;

/// <summary>Reads a table to find out the types of the columns that no schema tells, from all of their values.</summary>
internal sealed class KindLoad(string name, IEnumerable<RecordedFile> files, IReadOnlySet<string> known) : TableLoad(name, files, [], null)
{
    private const int HeadBytes = 1 << 16;
    private readonly List<(FileLoad File, InferringCells Cells)> _cells = [];

    /// <inheritdoc/>
    public override IBlockWorker CreateWorker(FileLoad file)
    {
        var cells = new InferringCells(known);
        lock (_cells)
            _cells.Add((file, cells));
        return new CellBlockWorker(this, file, cells);
    }

    /// <summary>Reads everything and answers the columns in the order in which they were met.</summary>
    /// <remarks>A type that a file declares counts more than its values: a query answer names its types, and a portal CSV its date-times.</remarks>
    public IReadOnlyList<ColumnSymbol> Infer(RecordedWorkspaceOptions options)
    {
        // One worker, so that the order of the columns does not depend on chance.
        new LoadRun([this], options with { Workers = 1, Progress = null }).Execute(CancellationToken.None);
        var collectors = Files
            .SelectMany(file => _cells.Where(cells => cells.File == file))
            .SelectMany(cells => cells.Cells.All.Cast<KindCollector>())
            .GroupBy(collector => collector.Column.Name, StringComparer.Ordinal);
        var declared = Files.SelectMany(file => file.Declared).DistinctBy(column => column.Name).ToDictionary(column => column.Name, column => column.Type);
        return [.. collectors.Select(group => new ColumnSymbol(group.Key, declared.TryGetValue(group.Key, out var type) ? type : Widest(group)))];
    }

    /// <summary>Whether the first rows of a file have a column that the schema lacks. Cost: reads 64 KB.</summary>
    public bool HasUnknownAtHead()
    {
        foreach (var file in Files)
        {
            var buffer = new byte[HeadBytes];
            if (file.Take(ref buffer, out var index) is var length and > 0)
                CreateWorker(file).Read(buffer.AsSpan(0, length), index);
            file.Dispose();
        }

        return _cells.Exists(cells => cells.Cells.All.Count > 0);
    }

    private static KqlType Widest(IEnumerable<KindCollector> collectors) =>
        KindCollector.TypeOf(collectors.Aggregate(ValueKinds.None, (kinds, collector) => kinds | collector.Kinds));
}
