using System.Diagnostics.CodeAnalysis;
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
    /// <param name="nowUtc">
    /// What <c>now()</c> gives where rows must be looked at to know the columns (<c>evaluate pivot</c>, <c>bag_unpack</c>), UTC; null: the clock. Give the
    /// run's own time where it is known.
    /// </param>
    /// <param name="cancellation">Ends a compilation that looks at many rows.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public bool TryCompile(
        string text, string? name, [NotNullWhen(true)] out KqlQuery? query, out IReadOnlyList<Diagnostic> diagnostics, DateTime? nowUtc = null,
        CancellationToken cancellation = default) =>
        TryCompile(SyntaxTree.Parse(text, name), out query, out diagnostics, nowUtc, cancellation);

    /// <summary>Binds and plans a query that is read already; otherwise as for a text.</summary>
    public bool TryCompile(
        SyntaxTree tree, [NotNullWhen(true)] out KqlQuery? query, out IReadOnlyList<Diagnostic> diagnostics, DateTime? nowUtc = null,
        CancellationToken cancellation = default)
    {
        var bag = new DiagnosticBag();
        bag.AddRange(tree.Diagnostics);
        var early = new EarlyRun(tables, nowUtc ?? TimeProvider.System.GetUtcNow().UtcDateTime, cancellation);
        var bound = new Binder(tables.Tables, bag, early).Bind(tree.Root);
        diagnostics = bag.ToOrderedList();
        query = bag.HasErrors ? null : new KqlQuery(tables, tree, Planner.Plan(bound), diagnostics);
        return query is not null;
    }

    /// <summary>Reads, binds and plans a query.</summary>
    /// <exception cref="KqlException">The query has errors; they are in it.</exception>
    public KqlQuery Compile(string text, string? name = null) =>
        TryCompile(text, name, out var query, out var diagnostics) ? query : throw new KqlException(diagnostics);
}
