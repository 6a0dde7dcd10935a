using AksInsights.Kql.Binding;
using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Execution;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Planning;
using AksInsights.Kql.Results;
using AksInsights.Kql.Syntax;

namespace AksInsights.Kql;

/// <summary>A compiled query. Immutable; may be run many times, also at once.</summary>
public sealed class KqlQuery
{
    private readonly ITableProvider _tables;
    private readonly QueryPlan _plan;
    private readonly IReadOnlyList<Diagnostic> _warnings;

    internal KqlQuery(ITableProvider tables, SyntaxTree syntax, QueryPlan plan, IReadOnlyList<Diagnostic> warnings)
    {
        _tables = tables;
        Syntax = syntax;
        _plan = plan;
        _warnings = warnings;
    }

    /// <summary>The query as it was read.</summary>
    public SyntaxTree Syntax { get; }

    /// <summary>The columns of the first result.</summary>
    public IReadOnlyList<ResultColumn> Columns => ColumnsOf(_plan.Query.Results[0]);

    /// <summary>The tables the query reads, each with the columns it reads of it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<string>> Reads => _plan.Reads;

    /// <summary>The plan after each rewrite that changed it, as text. Cost: binds the query again.</summary>
    /// <param name="nowUtc">What <c>now()</c> gives where rows must be looked at to know the columns, UTC; null: the clock.</param>
    /// <param name="cancellation">Ends a binding that looks at many rows.</param>
    public string Explain(DateTime? nowUtc = null, CancellationToken cancellation = default)
    {
        var early = new EarlyRun(_tables, nowUtc ?? TimeProvider.System.GetUtcNow().UtcDateTime, cancellation);
        return Planner.Explain(new Binder(_tables.Tables, new DiagnosticBag(), early).Bind(Syntax.Root));
    }

    /// <summary>Runs the query.</summary>
    /// <exception cref="KqlException">The run cannot be finished within its limits, or a source failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public KqlResult Execute(KqlRun run, CancellationToken cancellation = default)
    {
        var context = new RunContext(_tables, run, cancellation);
        var tables = new List<ResultTable>();
        string? partial = null;
        var budget = run.MaxResultBytes;
        foreach (var result in _plan.Query.Results)
        {
            var relation = Run(result, context);
            var data = relation.Cells.Select(c => c.Dense).ToArray();
            var rows = (int)Math.Min(relation.RowCount, run.MaxRows);
            var fitting = ResultSize.RowsWithin(data, rows, ref budget);
            if (fitting < rows)
                partial = $"The result's {rows} rows are larger than the limit of {run.MaxResultBytes >> 20} MiB. The rows after the first {fitting} were left out.";
            else if (rows < relation.RowCount)
                partial = $"The result has {relation.RowCount} rows; the limit is {run.MaxRows}. The rows beyond it were left out.";
            if (fitting < relation.RowCount) data = Array.ConvertAll(data, c => c.Slice(0, fitting));
            tables.Add(new ResultTable(tables.Count == 0 ? "PrimaryResult" : $"PrimaryResult_{tables.Count}", ColumnsOf(result), data, fitting));
        }

        return new KqlResult(tables, _warnings, _plan.Query.Visualization, partial);
    }

    private static Relation Run(BoundTabular result, RunContext context)
    {
        try
        {
            return Executor.Execute(result, context).Project(result.Output);
        }
        catch (CallFailedException failed)
        {
            throw new KqlException(KqlFailure.BadArgument, failed.Message, failed);
        }
    }

    private static ResultColumn[] ColumnsOf(BoundTabular result) => result.Output.Select(c => new ResultColumn(c.Name, c.Type)).ToArray();
}
