using AksInsights.Core.Findings;

namespace AksInsights.Core.Queries.OtherTools;

/// <summary>What becomes of another tool's check here.</summary>
public enum CoverageState
{
    /// <summary>A query looks for the same problem.</summary>
    Covered,

    /// <summary>A query looks for it by a proxy.</summary>
    Likely,

    /// <summary>Container Insights does not record what it needs.</summary>
    Cannot,

    /// <summary>It could be made and is not.</summary>
    Open,

    /// <summary>It tells of no problem of a cluster.</summary>
    Apart,
}

/// <summary>One check of another tool.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Check">The check's name.</param>
/// <param name="Finds">What it looks for, in a few words.</param>
/// <param name="State">What becomes of it here.</param>
/// <param name="Queries">The queries that name it, in order.</param>
/// <param name="Why">What is said about it; null for a check that is simply covered.</param>
public sealed record CoverageRow(string Tool, string Check, string Finds, CoverageState State, IReadOnlyList<QueryId> Queries, string? Why);

/// <summary>How many checks of a tool are in each state.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Rows">Its checks.</param>
public sealed record ToolCoverage(string Tool, IReadOnlyList<CoverageRow> Rows)
{
    /// <summary>The share of its checks that a query covers, by a proxy or not, from 0 to 1; those apart are not counted. 1 when there is none.</summary>
    public double Covered => Share(CoverageState.Apart);

    /// <summary>The same share of the checks that Container Insights records enough for.</summary>
    public double CoveredOfKnowable => Share(CoverageState.Apart, CoverageState.Cannot);

    /// <summary>How many checks are in a state.</summary>
    public int Count(CoverageState state) => Rows.Count(r => r.State == state);

    private double Share(params CoverageState[] without)
    {
        var all = Rows.Count(r => !without.Contains(r.State));
        return all == 0 ? 1 : (double)(Count(CoverageState.Covered) + Count(CoverageState.Likely)) / all;
    }
}

/// <summary>The checks of other tools against the queries that name them as <c>sources</c>. Immutable.</summary>
/// <param name="Tools">The tools, in the order of the file.</param>
public sealed record CoverageMatrix(IReadOnlyList<ToolCoverage> Tools)
{
    /// <summary>Puts a file of other tools and a library together.</summary>
    public static CoverageMatrix Of(OtherToolsFile file, IReadOnlyList<QueryDefinition> queries)
    {
        var by = queries.SelectMany(q => q.Metadata.Sources.Select(source => (source, q.Id))).ToLookup(s => s.source, s => s.Id);
        return new CoverageMatrix([.. file.Tools.Select(t => new ToolCoverage(t.Key, [.. Rows(t.Key, t.Value, by)]))]);
    }

    private static IEnumerable<CoverageRow> Rows(string name, OtherTool tool, ILookup<string, QueryId> queries)
    {
        var notes = tool.Notes().SelectMany(n => n.Note.Checks.Select(check => (check, n.State, n.Note.Why))).ToLookup(n => n.check);
        foreach (var (check, finds) in tool.Checks)
        {
            IReadOnlyList<QueryId> covering = [.. queries[$"{name}:{check}"].Distinct().OrderBy(id => id.Value, StringComparer.Ordinal)];
            var (_, state, why) = notes[check].FirstOrDefault();
            if (why is null) state = covering.Count > 0 ? CoverageState.Covered : CoverageState.Open;
            yield return new CoverageRow(name, check, finds, state, covering, why);
        }
    }
}
