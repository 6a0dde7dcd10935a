using AksInsights.Adapters.Workspaces.Recorded.Cells;

namespace AksInsights.Adapters.Workspaces.Recorded.Json;

/// <summary>A property name of a file's records and what to do with its values.</summary>
internal sealed class JsonProperty(string name, CellCollector? cells, bool isUnknown)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>Where the values go; null when they are not wanted.</summary>
    public CellCollector? Cells { get; } = cells;

    /// <summary>True when the schema of the table does not have the column.</summary>
    public bool IsUnknown { get; } = isUnknown;

    /// <summary>How many records of the present block have it. Kept for unknown columns only.</summary>
    public int Seen { get; set; }

    /// <summary>The line of the first of them.</summary>
    public int FirstLine { get; set; }
}
