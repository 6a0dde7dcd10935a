using AksInsights.Adapters.Workspaces.Recorded.Reading;

namespace AksInsights.Adapters.Workspaces.Recorded.Json;

/// <summary>Reads one element of an array of records into a row.</summary>
internal interface IJsonElementReader
{
    /// <summary>Starts a block.</summary>
    void Begin();

    /// <summary>Reads one element; false when it is broken, which is logged, and the row's cells are null again.</summary>
    bool TryRead(ReadOnlySpan<byte> block, int start, int length, int row, ProblemLog problems);

    /// <summary>Ends a block.</summary>
    void End(ProblemLog problems);
}

/// <summary>Reads blocks of array elements, separated by commas.</summary>
internal sealed class JsonArray(IJsonElementReader elements) : IRecordReader
{
    /// <inheritdoc/>
    public int Capacity(ReadOnlySpan<byte> block, int lines) => block.Count((byte)',') + 1;

    /// <inheritdoc/>
    public int Read(ReadOnlySpan<byte> block, ProblemLog problems)
    {
        var rows = 0;
        var start = 0;
        var line = 0;
        elements.Begin();
        while (start < block.Length)
        {
            var first = JsonScan.SkipSpace(block, start);
            line += block[start..first].Count((byte)'\n');
            problems.Line = line;
            var end = JsonElements.End(block, first);
            if (end < 0)
                end = block.Length;
            if (first < end && elements.TryRead(block, first, end - first, rows, problems))
                rows++;
            line += block[first..end].Count((byte)'\n');
            start = end + 1;
        }

        elements.End(problems);
        return rows;
    }
}
