using AksInsights.Adapters.Workspaces.Recorded.Json;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;

namespace AksInsights.Adapters.Workspaces.Recorded.Cells;

/// <summary>Decodes the cells of one column, block by block, for one worker. Not thread-safe.</summary>
/// <remarks>
/// Rows are read in order. A row that is not read repeats the cell of the row before it; a block begins with null (an empty text). A cell of
/// the wrong type is null and is logged: a bad cell never costs the row.
/// Parts of several workers over the same column are put together in row order by <see cref="Assemble"/>.
/// </remarks>
internal abstract class CellCollector(ColumnSymbol column)
{
    /// <summary>The column and the type that its cells are decoded to.</summary>
    public ColumnSymbol Column { get; } = column;

    /// <summary>Where cells of the wrong type of the present block are counted.</summary>
    protected ProblemLog Problems { get; private set; } = ProblemLog.None;

    /// <summary>The number of rows that the present block has at most.</summary>
    protected int Capacity { get; private set; }

    /// <summary>Starts a block.</summary>
    public virtual void Begin(int capacity, ProblemLog problems)
    {
        Capacity = capacity;
        Problems = problems;
    }

    /// <summary>Ends the block and hands its cells over.</summary>
    public abstract CellPart End(int rows);

    /// <summary>Makes the cells from a row on null until one is read.</summary>
    public abstract void Clear(int row);

    /// <summary>Reads the JSON value at an index of a record into a row; see <see cref="JsonScan"/> for the result.</summary>
    public abstract int ReadJson(ReadOnlySpan<byte> record, int at, int row);

    /// <summary>Reads the text of a CSV field, quotes removed but still doubled inside, into a row. An empty field is null.</summary>
    public abstract void ReadField(ReadOnlySpan<byte> field, int row);

    /// <summary>The column of all parts, which are used up.</summary>
    /// <param name="parts">Parts in row order, of this and other collectors of the same column.</param>
    /// <param name="rows">The sum of their rows.</param>
    public abstract Column Assemble(IReadOnlyList<CellPart> parts, int rows);
}

/// <summary>The cells of one column in one block.</summary>
/// <param name="Owner">The collector that read them; it knows what its codes mean.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Values">Values or codes, rented, possibly longer; null when no cell of the block has a value.</param>
/// <param name="Nulls">Which rows are null, rented; null when none is, or for codes.</param>
internal readonly record struct CellPart(CellCollector Owner, int Rows, Array? Values, bool[]? Nulls);
