using System.Diagnostics;
using AksInsights.Adapters.Workspaces.Recorded.Cells;
using AksInsights.Adapters.Workspaces.Recorded.Csv;
using AksInsights.Adapters.Workspaces.Recorded.Json;
using AksInsights.Kql.Symbols;

namespace AksInsights.Adapters.Workspaces.Recorded.Reading;

/// <summary>How one file is cut into blocks and read, and what its head says. Shared by the workers on the file; they take turns in cutting.</summary>
internal abstract class FileShape
{
    /// <summary>The columns whose types the head declares; empty when it declares none.</summary>
    public virtual IReadOnlyList<ColumnSymbol> Declared => [];

    /// <summary>True when the records have ended before the file has; what follows is not looked at.</summary>
    public virtual bool IsOver => false;

    /// <summary>Whether a file that ends here is complete.</summary>
    public virtual bool MayEnd => true;

    /// <summary>The shape that a file's name promises.</summary>
    public static FileShape Create(RecordFormat format) => format switch
    {
        RecordFormat.JsonLines => new JsonLinesShape(),
        RecordFormat.Json => new JsonShape(),
        RecordFormat.Csv => new CsvShape(),
        _ => throw new UnreachableException($"RecordFormat {format}"),
    };

    /// <summary>Reads what stands before the records.</summary>
    /// <param name="bytes">The start of the file.</param>
    /// <param name="isAll">Whether that is the whole file.</param>
    public abstract FileHead ReadHead(ReadOnlySpan<byte> bytes, bool isAll);

    /// <summary>The number of leading bytes that are whole records; 0 when not even one is complete.</summary>
    /// <param name="bytes">Bytes that begin where the last cut was.</param>
    public abstract int WholeRecords(ReadOnlySpan<byte> bytes);

    /// <summary>A reader of the records into a worker's cells. May be asked for when the head has been read.</summary>
    public abstract IRecordReader CreateReader(TableCells cells);
}

/// <summary>What came of reading a file's head.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="IsIncomplete">True when more bytes are needed.</param>
/// <param name="Refusal">Why the file holds no rows, as what was found; null when it may.</param>
internal readonly record struct FileHead(int Length, bool IsIncomplete = false, string? Refusal = null);

/// <summary>Lines with one JSON object each; there is no head.</summary>
internal sealed class JsonLinesShape : FileShape
{
    /// <inheritdoc/>
    public override FileHead ReadHead(ReadOnlySpan<byte> bytes, bool isAll) => new(0);

    /// <inheritdoc/>
    public override int WholeRecords(ReadOnlySpan<byte> bytes) => bytes.LastIndexOf((byte)'\n') + 1;

    /// <inheritdoc/>
    public override IRecordReader CreateReader(TableCells cells) => new JsonLines(cells);
}
