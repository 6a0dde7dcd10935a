using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Execution.Transforms;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: the plugins that count who was active when.</summary>
internal sealed partial class Binder
{
    private static readonly ActivityPlugin CountsMetrics = new(
        [new("Start", ActivityValue.Time), new("End", ActivityValue.Time), new("Window", ActivityValue.Span)], [""],
        [("count", KqlType.Long), ("dcount", KqlType.Long), ("new_dcount", KqlType.Long), ("aggregated_dcount", KqlType.Long)], ActivityMetrics.Counts);

    private static readonly ActivityPlugin PeriodMetrics = new(
        [new("Start", ActivityValue.Time), new("End", ActivityValue.Time), new("Window", ActivityValue.Span)], [""],
        [("dcount_values", KqlType.Long), ("dcount_newvalues", KqlType.Long), ("retention_rate", KqlType.Real), ("churn_rate", KqlType.Real)],
        ActivityMetrics.Periods)
    { MayOmitRange = true };

    private static readonly ActivityPlugin CohortMetrics = new(
        [new("Start", ActivityValue.Time), new("End", ActivityValue.Time), new("Window", ActivityValue.Span)], ["from_", "to_"],
        [
            ("dcount_new_values", KqlType.Long), ("dcount_retained_values", KqlType.Long), ("dcount_churn_values", KqlType.Long),
            ("retention_rate", KqlType.Real), ("churn_rate", KqlType.Real),
        ], ActivityMetrics.Cohorts)
    { TakesCohort = true };

    private static readonly ActivityPlugin SlidingCounts = new(
        [new("Start", ActivityValue.Time), new("End", ActivityValue.Time), new("LookbackWindow", ActivityValue.Span), new("Bin", ActivityValue.Span)], [""],
        [("Count", KqlType.Long), ("Dcount", KqlType.Long)], ActivityMetrics.Sliding);

    private static readonly ActivityPlugin ActiveUsers = new(
        [
            new("Start", ActivityValue.Time), new("End", ActivityValue.Time), new("LookbackWindow", ActivityValue.Span), new("Period", ActivityValue.Span),
            new("ActivePeriodsCount", ActivityValue.Count), new("Bin", ActivityValue.Span),
        ], [""], [("dcount", KqlType.Long)], ActivityMetrics.Active);

    private static readonly ActivityPlugin Engagement = new(
        [
            new("Start", ActivityValue.Time), new("End", ActivityValue.Time), new("InnerActivityWindow", ActivityValue.Span),
            new("OuterActivityWindow", ActivityValue.Span),
        ], [""],
        [("dcount_activities_inner", KqlType.Long), ("dcount_activities_outer", KqlType.Long), ("activity_ratio", KqlType.Real)], ActivityMetrics.Engagement)
    { MayOmitRange = true };

    private static readonly ActivityPlugin Sessions = new(
        [new("Start", ActivityValue.Time), new("End", ActivityValue.Time), new("Bin", ActivityValue.Span), new("LookBackWindow", ActivityValue.Span)], [""],
        [("count_sessions", KqlType.Long)], ActivityMetrics.Sessions);

    private BoundTabular BindActivity(BoundTabular input, CallSyntax call, ActivityPlugin plugin)
    {
        var omitsRange = plugin.MayOmitRange && call.Arguments.Count > 2 && OmitsRange(call, plugin, input);
        var parameters = omitsRange ? plugin.Parameters.Skip(2).ToArray() : plugin.Parameters;
        var fixedCount = parameters.Count + 2;
        if (!HasArguments(call, fixedCount, int.MaxValue)) return input;
        var id = PluginColumn(call, 0, "IdColumn", input);
        var time = PluginColumn(call, 1, "TimelineColumn", input);
        if (id is null || time is null) return input;
        if (time.Type is not (KqlType.DateTime or KqlType.Int or KqlType.Long))
        {
            _bag.ArgumentType(call.Arguments[1].Span, call.Name.Text, "TimelineColumn", "a datetime or a whole number", time.Type);
            return input;
        }

        var values = parameters.Select((p, i) => ActivityArgument(call, i + 2, p, time.Type)).ToList();
        if (omitsRange) values.InsertRange(0, [new BoundConstant(time.Type, null), new BoundConstant(time.Type, null)]);
        if (plugin.TakesCohort) values.Add(Cohort(call, ref fixedCount, time.Type));
        var dimensions = new List<ColumnVariable>();
        for (var i = fixedCount; i < call.Arguments.Count; i++)
        {
            if (IsTabular(call.Arguments[i].Value)) _bag.NotSupported(call.Arguments[i].Span, $"The lookback table of `{call.Name.Text}`");
            else if (PluginColumn(call, i, "dimension", input) is { } dimension) dimensions.Add(dimension);
        }

        var times = plugin.TimePrefixes.Select(p => new ColumnVariable(p + time.Name, time.Type)).ToArray();
        var metrics = plugin.Columns.Select(c => new ColumnVariable(c.Name, c.Type)).ToArray();
        BoundScalar[] reads = [new BoundColumn(id), new BoundColumn(time), .. values, .. dimensions.Select(d => new BoundColumn(d))];
        var transform = new ActivityTransform([.. times, .. metrics], values.Count, omitsRange, plugin.Compute);
        return new BoundTransform(input, call.Name.Text, reads, transform, [.. times, .. dimensions, .. metrics]);
    }

    /// <summary>Whether the start and the end are left out: the third argument is a length then, not a time; on a timeline of numbers the count tells.</summary>
    private bool OmitsRange(CallSyntax call, ActivityPlugin plugin, BoundTabular input)
    {
        if (call.Arguments.Count < plugin.Parameters.Count + 2) return true;
        var quiet = new Quiet(this);
        var third = BindScalar(call.Arguments[2].Value, new RowContext(input.Output)).Type;
        quiet.Undo();
        return third == KqlType.TimeSpan;
    }

    /// <summary>The cohort of new_activity_metrics: a value of the timeline's type before the dimensions; null where it is left out.</summary>
    private BoundScalar Cohort(CallSyntax call, ref int fixedCount, KqlType type)
    {
        if (fixedCount >= call.Arguments.Count || IsTabular(call.Arguments[fixedCount].Value)) return new BoundConstant(type, null);
        if (call.Arguments[fixedCount].Value is NameExpression name && _scope.Find(name.Name.Text) is null) return new BoundConstant(type, null);
        return ActivityArgument(call, fixedCount++, new ActivityParameter("Cohort", ActivityValue.Time), type);
    }

    private BoundScalar ActivityArgument(CallSyntax call, int place, ActivityParameter parameter, KqlType timeType)
    {
        var type = parameter.Value switch
        {
            ActivityValue.Time => timeType,
            ActivityValue.Span when timeType == KqlType.DateTime => KqlType.TimeSpan,
            _ => KqlType.Long,
        };
        return ActivityValueOf(call.Arguments[place].Value, call.Name.Text, parameter.Name, type);
    }

    private BoundScalar ActivityValueOf(ExpressionSyntax syntax, string plugin, string name, KqlType type)
    {
        var span = syntax.Span;
        var value = BindScalar(syntax, RowContext.None);
        if (value.Type == KqlType.Error) return new BoundConstant(type, null);
        if (value.Type != type && !(value.Type.IsNumeric() && type.IsNumeric()))
        {
            _bag.ArgumentType(span, plugin, name, $"a value of type `{type.Name()}`", value.Type);
            return new BoundConstant(type, null);
        }

        if (!value.IsRowIndependent()) _bag.ConstantExpected(span, $"`{name}` of `{plugin}`");
        return Convert(value, type);
    }

    /// <summary>What kind of value an argument of an activity plugin is.</summary>
    private enum ActivityValue
    {
        /// <summary>A point on the timeline.</summary>
        Time,

        /// <summary>A length of the timeline.</summary>
        Span,

        /// <summary>A number.</summary>
        Count,
    }

    private sealed record ActivityParameter(string Name, ActivityValue Value);

    /// <summary>A plugin over ids and their times.</summary>
    /// <param name="Parameters">The arguments behind the two columns.</param>
    /// <param name="TimePrefixes">The time columns it gives: what stands before the timeline's name.</param>
    /// <param name="Columns">The columns it computes.</param>
    /// <param name="Compute">The rows of one slice.</param>
    private sealed record ActivityPlugin(
        IReadOnlyList<ActivityParameter> Parameters, IReadOnlyList<string> TimePrefixes, IReadOnlyList<(string Name, KqlType Type)> Columns,
        Func<ActivitySlice, IEnumerable<object[]>> Compute)
    {
        /// <summary>Whether a cohort may stand before the dimensions.</summary>
        public bool TakesCohort { get; init; }

        /// <summary>Whether start and end may be left out; the first and the last time of the input serve then.</summary>
        public bool MayOmitRange { get; init; }
    }
}
