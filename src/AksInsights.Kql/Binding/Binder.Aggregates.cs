using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Functions.Aggregates;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: summarize and its aggregates.</summary>
internal sealed partial class Binder
{
    /// <summary>An aggregate met inside an expression: its value becomes a column that the rest of the expression reads.</summary>
    private BoundScalar BindAggregateCall(CallSyntax call, FunctionEntry entry, RowContext rows)
    {
        if (rows.Aggregates is null)
        {
            _bag.AggregateNotAllowed(call.Name.Span, entry.Name);
            return Broken;
        }

        var arguments = call.Arguments.Select(a => BindScalar(a.Value, InputOf(rows))).ToArray();
        if (arguments.Any(a => a.Type == KqlType.Error) || Match(entry, arguments, call.Span, i => call.Arguments[i].Span) is not { } match) return Broken;
        var converted = Converted(match, arguments);
        var shape = Shape(converted);
        var create = match.Signature.Aggregator ?? throw new InvalidOperationException($"Aggregate {entry.Name} has a signature without state.");
        var column = new ColumnVariable(entry.Name, match.Signature.Result(shape));
        rows.Aggregates.Add(new BoundAggregate(entry.Name, AggregateKind.Plain, [column], converted, () => create(shape), []));
        return new BoundColumn(column);
    }

    /// <summary>What an aggregate's arguments can name: the rows before grouping.</summary>
    private static RowContext InputOf(RowContext rows) => new(rows.Columns);

    private BoundTabular BindSummarize(BoundTabular input, SummarizeOperator syntax)
    {
        var names = new ColumnNames();
        var groups = BindGroups(input, syntax.Groups, names, "summarize");
        var scope = new AggregateScope(input, groups, names);
        foreach (var aggregate in syntax.Aggregates) BindAggregateColumn(aggregate, scope);
        return scope.Build();
    }

    private List<BoundAssignment> BindGroups(BoundTabular input, IReadOnlyList<NamedExpression> syntax, ColumnNames names, string where)
    {
        var groups = new List<BoundAssignment>();
        var rows = new RowContext(input.Output);
        foreach (var group in syntax)
        {
            if (group.Expression is StarSyntax)
            {
                groups.AddRange(input.Output.Select(c => new BoundAssignment(new ColumnVariable(names.Reserve(c.Name), c.Type), new BoundColumn(c))));
                continue;
            }

            var value = BindScalar(group.Expression, rows);
            if (value.Type == KqlType.Dynamic)
            {
                _bag.DynamicKey(group.Expression.Span, where);
                value = Convert(value, KqlType.String);
            }

            var wanted = group.Names.Count > 0 ? group.Names[0].Text : ImplicitName(group.Expression);
            var isWritten = group.Names.Count > 0 || group.Expression is NameExpression;
            var name = isWritten && wanted is not null ? Written(wanted, names, group.Span) : names.Reserve(wanted);
            groups.Add(new BoundAssignment(new ColumnVariable(name, Solid(value.Type)), value));
        }

        return groups;
    }

    private void BindAggregateColumn(NamedExpression syntax, AggregateScope scope)
    {
        var expression = Unwrap(syntax.Expression);
        var several = expression is CallSyntax call && _scope.Find(call.Name.Text) is not FunctionBinding && call.Name.Text switch
        {
            "arg_max" or "argmax" => BindArgExtreme(call, syntax.Names, scope, AggregateKind.ArgMax),
            "arg_min" or "argmin" => BindArgExtreme(call, syntax.Names, scope, AggregateKind.ArgMin),
            // Of one expression it is an aggregate like others: a value that is not null, if there is one.
            "take_any" or "any" when call.Arguments is not [{ Value: not StarSyntax }] => BindTakeAny(call, syntax.Names, scope),
            "percentiles" or "percentilesw" => BindPercentiles(call, syntax.Names, scope),
            _ => false,
        };
        if (several) return;
        var rows = new RowContext(scope.Input.Output) { Aggregates = scope.Aggregates, Groups = scope.Groups };
        var value = BindScalar(syntax.Expression, rows);
        var name = syntax.Names.Count > 0 ? Written(syntax.Names[0].Text, scope.Names, syntax.Span) : scope.Names.Reserve(AggregateName(expression));
        scope.Add(new BoundAssignment(new ColumnVariable(name, Solid(value.Type)), value));
    }

    private static ExpressionSyntax Unwrap(ExpressionSyntax expression) => expression is ParenthesizedSyntax inner ? Unwrap(inner.Inner) : expression;

    /// <summary>The name of an unnamed aggregate column, such as <c>avg_CounterValue</c>; that of a wrapping conversion is its argument's.</summary>
    private string? AggregateName(ExpressionSyntax expression)
    {
        if (Unwrap(expression) is not CallSyntax call) return null;
        if (KeepsArgumentName(call)) return AggregateName(call.Arguments[0].Value) ?? ImplicitName(call.Arguments[0].Value);
        if (!FunctionCatalog.TryFindAggregate(call.Name.Text, out var entry)) return CallName(call, AggregateName);
        var argument = call.Arguments.Count > 0 ? ImplicitName(call.Arguments[0].Value) : null;
        var constants = call.Arguments.Select(a => (a.Value as LiteralSyntax)?.Value).ToArray();
        return entry.Naming is { } naming ? naming(argument, constants) : $"{call.Name.Text}_{argument}";
    }

    private bool BindArgExtreme(CallSyntax call, IReadOnlyList<NameSyntax> wanted, AggregateScope scope, AggregateKind kind)
    {
        if (call.Arguments.Count == 0)
        {
            _bag.ArgumentCount(call.Span, call.Name.Text, "at least 1 argument", 0);
            return true;
        }

        var key = BindScalar(call.Arguments[0].Value, new RowContext(scope.Input.Output));
        if (key.Type == KqlType.Dynamic) _bag.ArgumentType(call.Arguments[0].Span, call.Name.Text, "maximize", "a number, time or text", key.Type);
        var extreme = kind == AggregateKind.ArgMax ? "max_" : "min_";
        var keyName = ImplicitName(call.Arguments[0].Value);
        var isOld = call.Name.Text is "argmax" or "argmin";
        var payload = Payload(call, scope, 1, $"{extreme}{keyName}_arg", isOld ? $"{extreme}{keyName}_" : "");
        payload.Insert(0, (isOld ? extreme + keyName : keyName ?? extreme, key));
        var type = Solid(key.Type);
        scope.AddPicked(call.Name.Text, kind, payload, wanted, () => ArgExtreme.Create(type, kind == AggregateKind.ArgMax));
        return true;
    }

    /// <summary>What an aggregate that picks a row gives of it: the arguments from one on; for <c>*</c> all columns that stand nowhere else.</summary>
    private List<(string Name, BoundScalar Value)> Payload(CallSyntax call, AggregateScope scope, int from, string unnamed, string prefix)
    {
        var rows = new RowContext(scope.Input.Output);
        var named = call.Arguments.Select(a => (a.Value as NameExpression)?.Name.Text).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var grouped = scope.Groups.Select(g => g.Value).OfType<BoundColumn>().Select(g => g.Column).ToHashSet();
        var payload = new List<(string Name, BoundScalar Value)>();
        for (var i = from; i < call.Arguments.Count; i++)
        {
            var argument = call.Arguments[i].Value;
            if (argument is StarSyntax)
                payload.AddRange(scope.Input.Output.Where(c => !named.Contains(c.Name) && !grouped.Contains(c)).Select(c => (prefix + c.Name, (BoundScalar)new BoundColumn(c))));
            else payload.Add((ImplicitName(argument) is { } own ? prefix + own : $"{unnamed}{i}", BindScalar(argument, rows)));
        }

        return payload;
    }

    private bool BindTakeAny(CallSyntax call, IReadOnlyList<NameSyntax> wanted, AggregateScope scope)
    {
        var payload = Payload(call, scope, 0, "any_arg", call.Name.Text == "any" ? "any_" : "");
        if (payload.Count == 0)
        {
            _bag.ArgumentCount(call.Span, call.Name.Text, "at least 1 argument", 0);
            return true;
        }

        scope.AddPicked(call.Name.Text, AggregateKind.TakeAny, payload, wanted, () => ArgExtreme.Create(KqlType.Long, true));
        return true;
    }

    /// <summary>Several percentiles of one expression: columns that share one state. The weighted form has a weight behind the value.</summary>
    private bool BindPercentiles(CallSyntax call, IReadOnlyList<NameSyntax> wanted, AggregateScope scope)
    {
        var (single, inputs) = call.Name.Text == "percentilesw" ? ("percentilew", 2) : ("percentile", 1);
        if (call.Arguments.Count <= inputs) return false;
        var values = call.Arguments.Take(inputs).Select(a => BindScalar(a.Value, new RowContext(scope.Input.Output))).ToArray();
        var shares = call.Arguments.Skip(inputs).Select(a => BindScalar(a.Value, RowContext.None)).ToArray();
        if (values.Concat(shares).Any(s => s.Type == KqlType.Error)) return true;
        if (!shares.All(s => s is BoundConstant { Value: long or double or decimal } && s.Type.IsNumeric())) return false;
        if (!FunctionCatalog.TryFindAggregate(single, out var entry) || Match(entry, [.. values, shares[0]], call.Span, null) is not { } match) return true;
        var converted = Converted(match, [.. values, shares[0]]);
        var shape = Shape(converted);
        var type = match.Signature.Result(shape);
        var argument = ImplicitName(call.Arguments[0].Value);
        var columns = new List<ColumnVariable>();
        for (var i = 0; i < shares.Length; i++)
        {
            object?[] constants = [.. values.Select(_ => (object?)null), ((BoundConstant)shares[i]).Value];
            var name = i < wanted.Count ? wanted[i].Text : entry.Naming!(argument, constants);
            columns.Add(new ColumnVariable(scope.Names.Reserve(name), type));
        }

        var percents = shares.Select(s => System.Convert.ToDouble(((BoundConstant)s).Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var create = match.Signature.Aggregator ?? throw new InvalidOperationException($"Aggregate {single} has a signature without state.");
        scope.AddSeveral(new BoundAggregate(call.Name.Text, AggregateKind.Percentiles, columns, [.. converted.Take(inputs)], () => create(shape), percents));
        return true;
    }

    /// <summary>Collects the columns of one summarize in the order in which they are written.</summary>
    private sealed class AggregateScope(BoundTabular input, IReadOnlyList<BoundAssignment> groups, ColumnNames names)
    {
        private readonly List<BoundAssignment> _computed = [];
        private readonly List<BoundAssignment> _outputs = [];
        private readonly List<ColumnVariable> _order = [];

        public BoundTabular Input { get; } = input;

        public IReadOnlyList<BoundAssignment> Groups { get; } = groups;

        public ColumnNames Names { get; } = names;

        public List<BoundAggregate> Aggregates { get; } = [];

        public void Add(BoundAssignment output)
        {
            _outputs.Add(output);
            _order.Add(output.Column);
        }

        public void AddSeveral(BoundAggregate aggregate)
        {
            Aggregates.Add(aggregate);
            _order.AddRange(aggregate.Columns);
        }

        /// <summary>An aggregate that picks a row: expressions it gives are computed before, as columns of the input.</summary>
        public void AddPicked(
            string name, AggregateKind kind, List<(string Name, BoundScalar Value)> payload, IReadOnlyList<NameSyntax> wanted, Func<Aggregator> create)
        {
            var columns = new List<ColumnVariable>();
            var sources = new List<BoundScalar>();
            for (var i = 0; i < payload.Count; i++)
            {
                var (own, value) = payload[i];
                columns.Add(new ColumnVariable(Names.Reserve(i < wanted.Count ? wanted[i].Text : own), Solid(value.Type)));
                sources.Add(value is BoundColumn ? value : new BoundColumn(Compute(value)));
            }

            AddSeveral(new BoundAggregate(name, kind, columns, sources, create, []));
        }

        public BoundTabular Build()
        {
            var source = Input;
            if (_computed.Count > 0) source = new BoundProject(source, _computed, [.. source.Output, .. _computed.Select(c => c.Column)]);
            var groupColumns = Groups.Select(g => g.Column).ToArray();
            var summarize = new BoundSummarize(source, Groups, Aggregates, [.. groupColumns, .. Aggregates.SelectMany(a => a.Columns)]);
            return new BoundProject(summarize, _outputs, [.. groupColumns, .. _order]);
        }

        private ColumnVariable Compute(BoundScalar value)
        {
            var column = new ColumnVariable("picked", Solid(value.Type));
            _computed.Add(new BoundAssignment(column, value));
            return column;
        }
    }
}
