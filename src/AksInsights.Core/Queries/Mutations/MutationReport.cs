using AksInsights.Core.Findings;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries.Mutations;

/// <summary>How many planted mistakes the row tests of a query noticed.</summary>
/// <param name="Query">The query.</param>
/// <param name="Planted">The mistakes that compile and were tried.</param>
/// <param name="Survivors">Those that no case noticed, by place.</param>
/// <param name="Refused">Mistakes that the compiler refuses; they are in no other number.</param>
public sealed record MutationReport(QueryId Query, int Planted, IReadOnlyList<Survivor> Survivors, int Refused)
{
    /// <summary>The mistakes that at least one case noticed.</summary>
    public int Noticed => Planted - Survivors.Count;
}

/// <summary>A planted mistake that no row test noticed.</summary>
/// <param name="Source">The query's text under its path.</param>
/// <param name="Mutation">The mistake.</param>
public sealed record Survivor(SourceText Source, Mutation Mutation)
{
    /// <summary>One line: file, line, column, kind, what stood there and what stands there now.</summary>
    public override string ToString()
    {
        var written = Source.Slice(Mutation.Span).ToString();
        return $"{Source.Name}:{Source.PositionOf(Mutation.Span.Start)}: {Yaml.Choices.Name(Mutation.Kind)}: {Flat(written)} -> {Flat(Mutation.Replacement)}";
    }

    private static string Flat(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
