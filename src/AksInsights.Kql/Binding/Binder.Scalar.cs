using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Functions.Operators;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: scalar expressions.</summary>
internal sealed partial class Binder
{
    private static readonly BoundConstant Broken = new(KqlType.Error, null);

    private BoundScalar BindScalar(ExpressionSyntax expression, RowContext rows)
    {
        if (!Enter(expression.Span, "The expression")) return Fail();
        var bound = expression switch
        {
            LiteralSyntax literal => new BoundConstant(literal.Type, literal.Value),
            NameExpression name => BindName(name, rows),
            ParenthesizedSyntax inner => BindScalar(inner.Inner, rows),
            PathSyntax path => BindPath(path, rows),
            ElementSyntax element => BindElement(element, rows),
            CallSyntax call => BindCall(call, rows),
            UnarySyntax unary => BindUnary(unary, rows),
            BinarySyntax { Operator: BinaryOperator.And or BinaryOperator.Or } logic => BindLogic(logic, rows),
            BinarySyntax binary => BindBinary(binary, rows),
            InSyntax member => BindIn(member, rows),
            BetweenSyntax between => BindBetween(between, rows),
            TypeOfSyntax { Types: [var type] } => new BoundConstant(KqlType.String, type.Name()),
            MissingExpression => Broken,
            PipeSyntax or DataTableSyntax or SourceOperator => NotAValue(expression.Span),
            StarSyntax => Unexpected(expression.Span, "`*`"),
            _ => Unexpected(expression.Span, "This form"),
        };
        Leave();
        return Fold(bound, expression.Span);
    }

    private BoundConstant Fail()
    {
        Leave();
        return Broken;
    }

    private BoundConstant NotAValue(TextSpan span)
    {
        _bag.ValueExpected(span);
        return Broken;
    }

    private BoundConstant Unexpected(TextSpan span, string what)
    {
        _bag.NotSupported(span, $"{what} at this place");
        return Broken;
    }

    private BoundScalar BindName(NameExpression name, RowContext rows)
    {
        var text = name.Name.Text;
        if (text.Length == 0) return Broken;
        if (rows.Find(text) is { } column) return ColumnOrGroup(column, name.Span, rows);
        switch (_scope.Find(text))
        {
            case BoundScalar value:
                return value;
            case TableBinding:
                return NotAValue(name.Span);
            case FunctionBinding function when function.Syntax.Parameters.Count == 0:
                return CallUserScalar(function, new CallSyntax(name.Span, name.Name, []), rows);
        }

        if (_tables.ContainsKey(text)) return NotAValue(name.Span);
        if (rows.Columns.Count > 0) _bag.UnknownColumn(name.Span, text, rows.Columns.Select(c => c.Name).ToArray());
        else _bag.UnknownName(name.Span, text, _scope.Names);
        return Broken;
    }

    /// <summary>In summarize a column beside an aggregate must be a group.</summary>
    private BoundScalar ColumnOrGroup(ColumnVariable column, TextSpan span, RowContext rows)
    {
        if (rows.Aggregates is null) return new BoundColumn(column);
        var group = rows.Groups.FirstOrDefault(g => g.Value is BoundColumn own && ReferenceEquals(own.Column, column));
        if (group is not null) return new BoundColumn(group.Column);
        _bag.NotAggregated(span, column.Name);
        return Broken;
    }

    private BoundScalar BindPath(PathSyntax path, RowContext rows)
    {
        if (path.Target is NameExpression { Name.Text: var step } && rows.Steps?.GetValueOrDefault(step) is { } columns)
        {
            if (columns.TryGetValue(path.Member.Text, out var own)) return new BoundColumn(own);
            _bag.UnknownColumn(path.Member.Span, path.Member.Text, columns.Keys.ToArray());
            return Broken;
        }

        var target = BindScalar(path.Target, rows);
        return Member(target, new BoundConstant(KqlType.String, path.Member.Text), path.Target.Span);
    }

    private BoundScalar BindElement(ElementSyntax element, RowContext rows)
    {
        var target = BindScalar(element.Target, rows);
        var index = BindScalar(element.Index, rows);
        if (index.Type is not (KqlType.String or KqlType.Int or KqlType.Long or KqlType.Dynamic or KqlType.Error))
        {
            _bag.ArgumentType(element.Index.Span, "[]", "index", "a whole number or a text", index.Type);
            return Broken;
        }

        return Member(target, index, element.Target.Span);
    }

    private BoundScalar Member(BoundScalar target, BoundScalar index, TextSpan span)
    {
        if (target.Type == KqlType.Error) return Broken;
        if (target.Type != KqlType.Dynamic)
        {
            _bag.ArgumentType(span, "[]", "target", "a dynamic value", target.Type);
            return Broken;
        }

        return new BoundCall(KqlType.Dynamic, "[]", DynamicAccess.Kernel(index.Type), [target, index], true);
    }

    private BoundScalar BindUnary(UnarySyntax unary, RowContext rows)
    {
        var operand = BindScalar(unary.Operand, rows);
        if (operand.Type == KqlType.Error) return Broken;
        if (!operand.Type.IsNumeric() && operand.Type is not (KqlType.TimeSpan or KqlType.Dynamic))
        {
            _bag.OperandTypes(unary.Span, "-", operand.Type, operand.Type);
            return Broken;
        }

        if (unary.Operator == UnaryOperator.Plus) return operand;
        if (operand.Type == KqlType.Dynamic) return DynamicArithmetic(BinaryOperator.Subtract, new BoundConstant(KqlType.Dynamic, 0L), operand);
        var zero = new BoundConstant(operand.Type == KqlType.TimeSpan ? KqlType.TimeSpan : KqlType.Long, 0L);
        return Arithmetics(BinaryOperator.Subtract, zero, operand, unary.Span);
    }

    private BoundScalar BindLogic(BinarySyntax syntax, RowContext rows)
    {
        var isAnd = syntax.Operator == BinaryOperator.And;
        var terms = new List<BoundScalar>();

        // Chains of one operator are unrolled: generated queries have hundreds of `or`s.
        var pending = new Stack<ExpressionSyntax>([syntax]);
        while (pending.TryPop(out var next))
        {
            if (next is BinarySyntax inner && inner.Operator == syntax.Operator)
            {
                pending.Push(inner.Right);
                pending.Push(inner.Left);
                continue;
            }

            terms.Add(Condition(BindScalar(next, rows), next.Span));
        }

        return new BoundLogic(isAnd, terms);
    }

    /// <summary>The value as a truth value: bools as they are, dynamics and numbers converted.</summary>
    private BoundScalar Condition(BoundScalar value, TextSpan span)
    {
        if (value.Type is KqlType.Bool or KqlType.Error) return value.Type == KqlType.Error ? new BoundConstant(KqlType.Bool, null) : value;
        if (value.Type == KqlType.Dynamic || value.Type.IsInteger()) return Convert(value, KqlType.Bool);
        _bag.ConditionExpected(span, value.Type);
        return new BoundConstant(KqlType.Bool, null);
    }

    private BoundScalar BindBetween(BetweenSyntax syntax, RowContext rows)
    {
        var value = BindScalar(syntax.Value, rows);
        var low = BindScalar(syntax.Low, rows);
        var high = BindScalar(syntax.High, rows);

        // `t between (start .. 1h)` means up to an hour after the start.
        if (value.Type == KqlType.DateTime && high.Type == KqlType.TimeSpan) high = Arithmetics(BinaryOperator.Add, low, high, syntax.High.Span);
        var atLeast = Compare(BinaryOperator.GreaterOrEqual, value, low, syntax.Span, ">=");
        var atMost = Compare(BinaryOperator.LessOrEqual, value, high, syntax.Span, "<=");
        BoundScalar inside = new BoundLogic(true, [atLeast, atMost]);
        return syntax.Negated ? CallKernel("not", KqlType.Bool, Map.Of<bool, bool>(b => !b), inside) : inside;
    }

    private static BoundCall CallKernel(string name, KqlType type, ScalarKernel kernel, params BoundScalar[] arguments) =>
        new(type, name, kernel, arguments, true);

    /// <summary>The value under another type.</summary>
    private static BoundScalar Convert(BoundScalar value, KqlType type)
    {
        if (value.Type == type || value.Type == KqlType.Error || type == KqlType.Error) return value.Type == KqlType.Error && type != KqlType.Error ? new BoundConstant(type, null) : value;
        return Fold(new BoundCall(type, "to" + type.Name(), Conversions.For(value.Type, type), [value], true));
    }

    /// <summary>Computes a call of constants now; what the language refuses for these constants is told at the call.</summary>
    private BoundScalar Fold(BoundScalar expression, TextSpan span)
    {
        try
        {
            return Fold(expression);
        }
        catch (CallFailedException failed)
        {
            _bag.CallFailed(span, failed.Message);
            return Broken;
        }
    }

    /// <summary>Computes a call of constants now.</summary>
    private static BoundScalar Fold(BoundScalar expression)
    {
        if (expression is not BoundCall { Deterministic: true } call || call.Type == KqlType.Error) return expression;
        foreach (var argument in call.Arguments)
        {
            if (argument is not BoundConstant) return expression;
        }

        var columns = call.Arguments.Select(a => AksInsights.Kql.Columns.Constants.Create(a.Type, ((BoundConstant)a).Value, 1)).ToArray();
        var result = call.Kernel.Evaluate(new CallSite(call.Type, 0, CancellationToken.None), columns, 1);
        return new BoundConstant(call.Type, result.Box(0));
    }
}
