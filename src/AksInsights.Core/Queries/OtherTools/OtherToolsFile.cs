namespace AksInsights.Core.Queries.OtherTools;

/// <summary>What other tools check, and what of it the library cannot or does not say: the content of <c>coverage.yaml</c>. Immutable.</summary>
/// <remarks>The JSON schema that editors use is generated from this record and its comments.</remarks>
public sealed record OtherToolsFile
{
    /// <summary>The tools whose checks are listed, by the name that queries use under <c>sources</c>.</summary>
    public required IReadOnlyDictionary<string, OtherTool> Tools { get; init; }

    /// <summary>Further tools that queries may name, whose checks are not listed.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];
}

/// <summary>A tool and its checks.</summary>
public sealed record OtherTool
{
    /// <summary>What the tool is, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Which version of it was read, or when.</summary>
    public required string Version { get; init; }

    /// <summary>Its checks: the name, and what it looks for in a few words.</summary>
    public required IReadOnlyDictionary<string, string> Checks { get; init; }

    /// <summary>Checks that a query covers by a proxy, and what that leaves open.</summary>
    public IReadOnlyList<CheckNote> Likely { get; init; } = [];

    /// <summary>Checks that need what Container Insights does not record.</summary>
    public IReadOnlyList<CheckNote> Cannot { get; init; } = [];

    /// <summary>Checks that could be made and are not.</summary>
    public IReadOnlyList<CheckNote> Open { get; init; } = [];

    /// <summary>Checks that tell of no problem of a cluster, and count in no share.</summary>
    public IReadOnlyList<CheckNote> Apart { get; init; } = [];

    /// <summary>All notes with what they say about coverage.</summary>
    internal IEnumerable<(CoverageState State, CheckNote Note)> Notes() =>
        Likely.Select(n => (CoverageState.Likely, n))
            .Concat(Cannot.Select(n => (CoverageState.Cannot, n)))
            .Concat(Open.Select(n => (CoverageState.Open, n)))
            .Concat(Apart.Select(n => (CoverageState.Apart, n)));
}

/// <summary>What is said about some checks together.</summary>
public sealed record CheckNote
{
    /// <summary>Why, as a full sentence.</summary>
    public required string Why { get; init; }

    /// <summary>The names of the checks.</summary>
    public required IReadOnlyList<string> Checks { get; init; }
}
