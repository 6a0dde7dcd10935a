using AksInsights.Adapters.Workspaces.Recorded.Cells;

namespace AksInsights.Adapters.Workspaces.Recorded.Json;

/// <summary>The property names met in a file, numbered.</summary>
internal sealed class JsonNames(TableCells cells)
{
    private readonly RawTexts _spellings = new();
    private readonly List<int> _numbers = [-1];
    private readonly List<JsonProperty> _properties = [];

    /// <summary>True when a name was met that the schema of the table does not have.</summary>
    public bool HasUnknown { get; private set; }

    /// <summary>A property by its number.</summary>
    public JsonProperty this[int number] => _properties[number];

    /// <summary>The number of the property whose name is spelled so in the file; -1 when the spelling is not UTF-8.</summary>
    public int Find(ReadOnlySpan<byte> spelling)
    {
        var code = _spellings.Intern(spelling, isVerbatim: false);
        if (code < 0)
            return -1;
        if (code == _numbers.Count)
            _numbers.Add(Add(JsonUnescape.Text(spelling)));
        if (_numbers[code] < 0)
            _numbers[code] = Add("");
        return _numbers[code];
    }

    /// <summary>Logs the columns that the schema does not have, at the end of a block.</summary>
    public void LogUnknown(ProblemLog problems)
    {
        foreach (var property in _properties)
        {
            if (property.Seen == 0)
                continue;
            problems.Line = property.FirstLine;
            problems.Add(RowProblemKind.UnknownColumn, property.Name, $"`{property.Name}`", "a column of the table's schema", property.Seen);
            property.Seen = 0;
        }
    }

    private int Add(string name)
    {
        // One name may have two spellings, and both are the same property.
        var number = _properties.FindIndex(known => known.Name == name);
        if (number >= 0)
            return number;
        var target = cells.Find(name, out var isUnknown);
        HasUnknown |= isUnknown;
        _properties.Add(new JsonProperty(name, target, isUnknown));
        return _properties.Count - 1;
    }
}
