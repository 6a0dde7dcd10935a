using AksInsights.Kql.Binding;
using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Planning;
using AksInsights.Kql.Syntax;

namespace AksInsights.Kql;

/// <summary>Runs KQL over the tables of a provider. Thread-safe: one engine serves many queries at once.</summary>
public sealed class KqlEngine(ITableProvider tables)
{
    /// <summary>Reads, binds and plans a query.</summary>
    /// <param name="text">The query.</param>
    /// <param name="name">What to call it in messages, such as its file.</param>
    /// <param name="query">The query, ready to run; null when it has errors.</param>
    /// <param name="diagnostics">The mistakes and warnings, by place.</param>
    public bool TryCompile(
        string text, string? name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out KqlQuery? query, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var tree = SyntaxTree.Parse(text, name);
        return TryCompile(tree, out query, out diagnostics);
    }

    /// <summary>Binds and plans a query that is read already.</summary>
    public bool TryCompile(
        SyntaxTree tree, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out KqlQuery? query, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var bag = new DiagnosticBag();
        bag.AddRange(tree.Diagnostics);
        var bound = new Binder(tables.Tables, bag).Bind(tree.Root);
        diagnostics = bag.ToOrderedList();
        query = bag.HasErrors ? null : new KqlQuery(tables, tree, Planner.Plan(bound), diagnostics);
        return query is not null;
    }

    /// <summary>Reads, binds and plans a query.</summary>
    /// <exception cref="KqlException">The query has errors; they are in it.</exception>
    public KqlQuery Compile(string text, string? name = null) =>
        TryCompile(text, name, out var query, out var diagnostics) ? query : throw new KqlException(diagnostics);
}
