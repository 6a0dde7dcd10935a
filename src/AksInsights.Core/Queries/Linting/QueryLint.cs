using AksInsights.Core.Queries.Yaml;
using AksInsights.Kql;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries.Linting;

/// <summary>Checks a query against what the rows of Container Insights mean: mistakes that run without an error and find the wrong things.</summary>
public static class QueryLint
{
    /// <summary>The characters that a query may have; Azure's alert rules take no more.</summary>
    public const int MostCharacters = 10_000;

    /// <summary>The codes of the rules, which a query can be exempt from.</summary>
    public static IReadOnlyList<string> Rules { get; } =
        ["AKI1050", "AKI1051", "AKI1052", "AKI1053", "AKI1054", "AKI1055", "AKI1056", "AKI1057", "AKI1058", "AKI1059", "AKI1060", "AKI1061", "AKI1064", "AKI1065", "AKI1066", "AKI1067"];

    /// <summary>Checks a query; one that does not compile is left to <see cref="ResultChecks"/>.</summary>
    /// <param name="query">The query.</param>
    /// <param name="schemas">The tables that it may name.</param>
    /// <returns>The broken rules that the query is not exempt from, and the exemptions that are not needed; empty when all is well.</returns>
    public static IReadOnlyList<FileDiagnostic> Check(QueryDefinition query, IReadOnlyList<TableSymbol> schemas)
    {
        if (!new KqlEngine(new EmptyTables(schemas)).TryCompile(query.Text.Kql, query.KqlFile, out var compiled, out _)) return [];
        var kql = new FileReport(query.KqlFile, query.Text.Kql);
        var rules = new LintRules(kql, compiled.Syntax.Root, FlowReader.Read(compiled.Syntax.Root, schemas));
        rules.CheckText(query.Text.Header);
        rules.CheckTables();
        rules.CheckRequired(query.Metadata.Requires);
        rules.CheckSource(query.Metadata.Source, 2 + query.Text.Header.Parameters.Count);
        rules.CheckValues();
        rules.CheckResult(query.Metadata.Key, compiled.Columns);
        return Exempt(query, [.. kql.Found.OrderBy(f => f.Diagnostic.Span.Start)]);
    }

    private static IReadOnlyList<FileDiagnostic> Exempt(QueryDefinition query, IReadOnlyList<FileDiagnostic> found)
    {
        if (query.Metadata.Lint.Allow.Count == 0) return found;
        var yaml = new FileReport(query.YamlFile, File.ReadAllText(query.YamlFile));
        var place = YamlTree.Read(yaml.Text, yaml) is YamlMap map ? HeaderChecks.PlaceOf(map, "lint", "allow") : new TextSpan(0, 0);
        foreach (var code in query.Metadata.Lint.Allow.Select(a => a.Code))
        {
            var at = yaml.Text.IndexOf(code, place.Start, StringComparison.Ordinal) is >= 0 and var start ? new TextSpan(start, code.Length) : place;
            if (!Rules.Contains(code)) yaml.UnknownExemption(at, code, Rules);
            else if (found.All(f => f.Diagnostic.Code != code)) yaml.ExemptionNotNeeded(at, code);
        }

        return [.. found.Where(f => query.Metadata.Lint.Allow.All(a => a.Code != f.Diagnostic.Code)), .. yaml.Found];
    }
}
