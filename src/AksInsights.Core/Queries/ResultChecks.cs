using AksInsights.Core.Queries.Yaml;
using AksInsights.Kql;
using AksInsights.Kql.Results;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Queries;

/// <summary>Checks a query's files against what its text gives: the columns that the binder finds.</summary>
public static class ResultChecks
{
    /// <summary>Compiles a query and compares its columns with key, measures, evidence, templates and picture.</summary>
    /// <param name="query">The query.</param>
    /// <param name="schemas">The tables that it may name.</param>
    /// <returns>The mistakes and warnings; empty when all fits.</returns>
    public static IReadOnlyList<FileDiagnostic> Check(QueryDefinition query, IReadOnlyList<TableSymbol> schemas)
    {
        var kql = new FileReport(query.KqlFile, query.Text.Kql);
        var yaml = new FileReport(query.YamlFile, File.ReadAllText(query.YamlFile));
        var compiled = new KqlEngine(new EmptyTables(schemas)).TryCompile(query.Text.Kql, query.KqlFile, out var result, out var diagnostics);
        kql.AddRange(diagnostics);
        if (compiled && YamlTree.Read(yaml.Text, yaml) is YamlMap map) new Comparison(query.Metadata, result!.Columns, map, yaml).Run();
        foreach (var table in query.Metadata.Requires.Tables.Concat(query.Metadata.Requires.Sparse).Where(t => schemas.All(s => s.Name != t)))
            yaml.UnknownTable(new TextSpan(Math.Max(0, yaml.Text.IndexOf(table, StringComparison.Ordinal)), table.Length), table, schemas.Select(s => s.Name));
        return [.. kql.Found, .. yaml.Found];
    }

    private sealed class Comparison(QueryMetadata metadata, IReadOnlyList<ResultColumn> columns, YamlMap map, FileReport report)
    {
        private readonly Dictionary<string, KqlType> _types = columns.DistinctBy(c => c.Name).ToDictionary(c => c.Name, c => c.Type);

        public void Run()
        {
            foreach (var column in metadata.Key) Require(column, "The key", "key");
            foreach (var column in metadata.Evidence) Require(column, "The evidence", "evidence");
            foreach (var column in metadata.Title.Columns) Require(column, "The title", "title");
            foreach (var column in metadata.Message?.Columns ?? []) Require(column, "The message", "message");
            if (metadata.Visualise.Value is { } value) Require(value, "The picture", "visualise", "value");
            foreach (var measure in metadata.Measures.Keys)
            {
                if (!Require(measure, "A measure", "measures")) continue;
                var type = _types[measure];
                if (!type.IsNumeric() && type is not (KqlType.DateTime or KqlType.TimeSpan or KqlType.Bool))
                    report.MeasureIsNoNumber(PlaceOf(measure, "measures"), measure, type.Name());
            }
        }

        private bool Require(string column, string role, params ReadOnlySpan<string> path)
        {
            if (_types.ContainsKey(column)) return true;
            report.UnknownResultColumn(PlaceOf(column, path), column, role, _types.Keys);
            return false;
        }

        private TextSpan PlaceOf(string column, params ReadOnlySpan<string> path)
        {
            var section = HeaderChecks.PlaceOf(map, path);
            var at = report.Text.IndexOf(column, section.Start, Math.Min(section.Length, report.Text.Length - section.Start), StringComparison.Ordinal);
            return at < 0 ? section : new TextSpan(at, column.Length);
        }
    }
}
