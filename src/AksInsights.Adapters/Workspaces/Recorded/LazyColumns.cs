using System.Collections;
using AksInsights.Adapters.Workspaces.Recorded.Reading;
using AksInsights.Kql.Symbols;

namespace AksInsights.Adapters.Workspaces.Recorded;

/// <summary>The columns of a recorded table, found out when somebody first looks at them. Thread-safe.</summary>
internal sealed class LazyColumns : IReadOnlyList<ColumnSymbol>
{
    private readonly Lazy<IReadOnlyList<ColumnSymbol>> _columns;

    /// <summary>Columns of a table.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="files">Its files.</param>
    /// <param name="schema">The columns of its schema; empty when it has none.</param>
    /// <param name="options">How to read.</param>
    public LazyColumns(string table, IReadOnlyList<RecordedFile> files, IReadOnlyList<ColumnSymbol> schema, RecordedWorkspaceOptions options) =>
        _columns = new Lazy<IReadOnlyList<ColumnSymbol>>(() => Find(table, files, schema, options));

    /// <inheritdoc/>
    public int Count => _columns.Value.Count;

    /// <inheritdoc/>
    public ColumnSymbol this[int index] => _columns.Value[index];

    /// <inheritdoc/>
    public IEnumerator<ColumnSymbol> GetEnumerator() => _columns.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static IReadOnlyList<ColumnSymbol> Find(
        string table, IReadOnlyList<RecordedFile> files, IReadOnlyList<ColumnSymbol> schema, RecordedWorkspaceOptions options)
    {
        var known = schema.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        // A table with a schema is read as a whole only when its first rows show that the schema does not tell everything.
        if (schema.Count > 0 && !new KindLoad(table, files, known).HasUnknownAtHead())
            return schema;
        return [.. schema, .. new KindLoad(table, files, known).Infer(options)];
    }
}
