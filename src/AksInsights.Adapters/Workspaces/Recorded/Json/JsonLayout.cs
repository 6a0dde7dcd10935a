using AksInsights.Adapters.Workspaces.Recorded.Cells;

namespace AksInsights.Adapters.Workspaces.Recorded.Json;

/// <summary>A property name of a file's records, what to do with its values, and what was seen to follow them.</summary>
internal sealed class JsonProperty(string name, CellCollector? cells, bool isUnknown)
{
    private const int MaxSteps = 4;
    private const int MaxSpellingBytes = 256;
    private JsonStep[] _steps = [];

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>Where the values go; null when they are not wanted.</summary>
    public CellCollector? Cells { get; } = cells;

    /// <summary>True when the schema of the table does not have the column.</summary>
    public bool IsUnknown { get; } = isUnknown;

    /// <summary>How often the property was met in the present block.</summary>
    public int Seen { get; set; }

    /// <summary>The line of the present block in which it was first met.</summary>
    public int FirstLine { get; set; }

    /// <summary>The property whose name, in a spelling met before, follows here; null when a new one does. Moves behind the name.</summary>
    /// <remarks>
    /// The spelling reaches from the end of one value to the start of the next, separators and white space included, so that one comparison
    /// of bytes takes the place of all parsing between two values.
    /// </remarks>
    public JsonProperty? Follow(ReadOnlySpan<byte> record, ref int at)
    {
        var rest = record[at..];
        var steps = _steps;
        for (var i = 0; i < steps.Length; i++)
        {
            if (!rest.StartsWith(steps[i].Spelling))
                continue;
            at += steps[i].Spelling.Length;
            var next = steps[i].Next;
            if (i > 0)
                (steps[i], steps[i - 1]) = (steps[i - 1], steps[i]);
            return next;
        }

        return null;
    }

    /// <summary>Remembers what followed.</summary>
    public void Learn(ReadOnlySpan<byte> spelling, JsonProperty next)
    {
        if (spelling.Length > MaxSpellingBytes)
            return;
        var step = new JsonStep(spelling.ToArray(), next);
        _steps = [step, .. _steps.AsSpan(0, Math.Min(_steps.Length, MaxSteps - 1))];
    }

    private readonly record struct JsonStep(byte[] Spelling, JsonProperty Next);
}
