namespace AksInsights.Adapters.Workspaces.Recorded.Cells;

/// <summary>Collects the kinds of values of every column met, or of those that a schema lacks.</summary>
internal sealed class InferringCells(IReadOnlySet<string> known) : TableCells([], known: null)
{
    /// <inheritdoc/>
    public override CellCollector? Find(string name, out bool isUnknown)
    {
        isUnknown = false;
        if (known.Contains(name))
            return null;
        var collector = base.Find(name, out _);
        if (collector is null)
            Add(collector = new KindCollector(name));
        return collector;
    }
}
