using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Execution.Transforms;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: the plugins that look at rows beside each other, and preview. Sources: learn.microsoft.com/kusto/query/rows-near-plugin, sequence-detect-plugin, preview-plugin.</summary>
internal sealed partial class Binder
{
    private BoundTabular BindRowsNear(BoundTabular input, CallSyntax call)
    {
        if (!HasArguments(call, 2, 3)) return input;
        if (!input.IsSerialized) _bag.NotSerialized(call.Name.Span, "rows_near");
        var condition = Condition(BindScalar(call.Arguments[0].Value, new RowContext(input.Output)), call.Arguments[0].Span);
        if (ConstantOf(call.Arguments[1].Value, call.Name.Text, "NumRows", KqlType.Long) is not long before) return input;
        var after = call.Arguments.Count < 3 ? before : ConstantOf(call.Arguments[2].Value, call.Name.Text, "RowsAfter", KqlType.Long) as long?;
        return after is null ? input : new BoundTransform(input, "rows_near", [condition], new RowsNearTransform(before, after.Value), input.Output);
    }

    /// <summary>Arguments: the timeline, two lengths, the conditions of the steps, then columns whose values every step of a sequence shares.</summary>
    private BoundTabular BindSequences(BoundTabular input, CallSyntax call)
    {
        if (!HasSequenceArguments(call) || PluginColumn(call, 0, "TimelineColumn", input) is not { } time) return input;
        if (time.Type is not (KqlType.DateTime or KqlType.Int or KqlType.Long))
            _bag.ArgumentType(call.Arguments[0].Span, call.Name.Text, "TimelineColumn", "a datetime or a whole number", time.Type);
        var length = time.Type == KqlType.DateTime ? KqlType.TimeSpan : KqlType.Long;
        var between = ActivityValueOf(call.Arguments[1].Value, call.Name.Text, "MaxSequenceStepWindow", length);
        var whole = ActivityValueOf(call.Arguments[2].Value, call.Name.Text, "MaxSequenceSpan", length);
        var steps = new List<BoundScalar>();
        var times = new List<ColumnVariable>();
        var dimensions = new List<ColumnVariable>();
        for (var i = 3; i < call.Arguments.Count; i++)
        {
            var (argument, place) = (call.Arguments[i], steps.Count);
            var value = BindScalar(argument.Value, new RowContext(input.Output));
            if (value.Type == KqlType.Bool && dimensions.Count == 0)
            {
                steps.Add(value);
                times.Add(new ColumnVariable($"{argument.Name?.Text ?? ImplicitName(argument.Value) ?? $"Expr{place + 1}"}_{time.Name}", time.Type));
            }
            else if (PluginColumn(call, i, "dimension", input) is { } dimension) dimensions.Add(dimension);
        }

        var duration = new ColumnVariable("Duration", length);
        BoundScalar[] reads = [new BoundColumn(time), between, whole, .. steps, .. dimensions.Select(d => new BoundColumn(d))];
        return new BoundTransform(input, "sequence_detect", reads, new SequenceTransform([.. times, duration], steps.Count), [.. dimensions, .. times, duration]);
    }

    private bool HasSequenceArguments(CallSyntax call)
    {
        if (call.Arguments.Count >= 4) return true;
        _bag.ArgumentCount(call.Span, call.Name.Text, "at least 4 arguments", call.Arguments.Count);
        return false;
    }

    /// <summary>Two results: the first rows, and how many there are.</summary>
    private BoundTabular BindPreview(BoundTabular input, CallSyntax call)
    {
        if (!HasArguments(call, 1, 1)) return input;
        var shared = Share("preview", input).Table;
        var column = new ColumnVariable("Count", KqlType.Long);
        return new BoundFork(
        [
            ("preview", new BoundTake(Use(shared), BindCount(call.Arguments[0].Value), false)),
            ("count", new BoundSummarize(Use(shared), [], [CountRows(column)], [column])),
        ]);
    }
}
