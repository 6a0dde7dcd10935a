using AksInsights.Kql.Binding;
using AksInsights.Kql.Execution;

namespace AksInsights.Kql.Planning;

/// <summary>Runs a part of a query while the rest is still being bound: for operators whose columns depend on rows.</summary>
/// <param name="tables">Where the rows come from.</param>
/// <param name="nowUtc">What <c>now()</c> gives.</param>
/// <param name="cancellation">Ends a long run.</param>
/// <remarks>The part is run again with the query, so that a compiled query may be run at another time.</remarks>
internal sealed class EarlyRun(ITableProvider tables, DateTime nowUtc, CancellationToken cancellation)
{
    /// <summary>The rows of a table.</summary>
    /// <exception cref="KqlException">They cannot be computed within the limits, or a source failed.</exception>
    public Relation Rows(BoundTabular table)
    {
        // Shared tables are left as they are: their other readers are not bound yet, so nothing may be pruned from them.
        var plan = Planner.Plan(new BoundQuery([table], [], null));
        var context = new RunContext(tables, new KqlRun { NowUtc = nowUtc }, cancellation);
        return Executor.Execute(plan.Query.Results[0], context).Project(table.Output);
    }
}
