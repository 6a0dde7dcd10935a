using System.Diagnostics;
using AksInsights.Adapters.Workspaces.Recorded.Cells;
using AksInsights.Adapters.Workspaces.Recorded.Json;

namespace AksInsights.Adapters.Workspaces.Recorded.Reading;

/// <summary>How each format is cut and read.</summary>
internal static class FileFormats
{
    /// <summary>What says where a file may be cut.</summary>
    public static IRecordCutter CreateCutter(RecordFormat format) => format switch
    {
        RecordFormat.JsonLines => new LineCutter(),
        _ => throw new UnreachableException($"RecordFormat {format}"),
    };

    /// <summary>What reads a file's records.</summary>
    public static IRecordReader CreateReader(RecordFormat format, TableCells cells) => format switch
    {
        RecordFormat.JsonLines => new JsonLines(cells),
        _ => throw new UnreachableException($"RecordFormat {format}"),
    };
}
