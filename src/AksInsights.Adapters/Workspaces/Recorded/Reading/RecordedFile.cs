namespace AksInsights.Adapters.Workspaces.Recorded.Reading;

/// <summary>The shapes a recorded file may have.</summary>
internal enum RecordFormat
{
    /// <summary>One JSON object a line, as the data export writes it.</summary>
    JsonLines,

    /// <summary>An array of objects, one answer of the query API, or lines with one JSON object each.</summary>
    Json,

    /// <summary>Comma-separated values with a header, as the portal downloads them.</summary>
    Csv,
}

/// <summary>A file of a recorded workspace.</summary>
/// <param name="Table">The table that its rows belong to.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Format">What its name says about its shape.</param>
/// <param name="IsCompressed">Whether it is gzipped.</param>
/// <param name="Length">Its size as stored, in bytes.</param>
internal sealed record RecordedFile(string Table, string Path, RecordFormat Format, bool IsCompressed, long Length)
{
    /// <summary>The name within the workspace folder.</summary>
    public string Name { get; } = System.IO.Path.GetFileName(Path);

    /// <summary>Reads table and shape from a file's name: <c>Table[.part].jsonl|json|csv[.gz]</c>; null when it is not of that form.</summary>
    public static RecordedFile? FromName(FileInfo file)
    {
        var name = file.Name;
        var isCompressed = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        if (isCompressed)
            name = name[..^3];
        var format = System.IO.Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".JSONL" or ".NDJSON" => RecordFormat.JsonLines,
            ".JSON" => RecordFormat.Json,
            ".CSV" => RecordFormat.Csv,
            _ => (RecordFormat?)null,
        };
        var table = name.Split('.')[0];
        var isName = table.Length > 0 && table.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(table[0]);
        return format is { } known && isName ? new RecordedFile(table, file.FullName, known, isCompressed, file.Length) : null;
    }
}
