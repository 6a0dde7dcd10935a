using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Functions.Operators;
using AksInsights.Kql.Functions.Patterns;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: infix operators and the types they give.</summary>
internal sealed partial class Binder
{
    private BoundScalar BindBinary(BinarySyntax syntax, RowContext rows)
    {
        // `*` stands for «any column» before `==` and the predicates on text only.
        if (syntax.Left is StarSyntax && IsColumnTest(syntax.Operator)) return AnyColumn(syntax, rows);
        var left = BindScalar(syntax.Left, rows);
        var right = BindScalar(syntax.Right, rows);
        return syntax.Operator switch
        {
            BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Modulo =>
                Arithmetics(syntax.Operator, left, right, syntax.Span),
            BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.LessOrEqual
                or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual => Compare(syntax.Operator, left, right, syntax.Span, Symbol(syntax.Operator)),
            _ => TextPredicate(syntax, left, right),
        };
    }

    private static bool IsColumnTest(BinaryOperator symbol) => symbol is BinaryOperator.Equal or BinaryOperator.EqualIgnoreCase
        or BinaryOperator.NotEqualIgnoreCase or (>= BinaryOperator.Has and <= BinaryOperator.MatchesRegex);

    private static string Symbol(BinaryOperator symbol) => symbol switch
    {
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Modulo => "%",
        BinaryOperator.MatchesRegex => "matches regex",
        _ => symbol.ToString().ToLowerInvariant(),
    };

    private BoundScalar Arithmetics(BinaryOperator symbol, BoundScalar left, BoundScalar right, TextSpan span)
    {
        var (a, b) = (left.Type, right.Type);
        if (a == KqlType.Error || b == KqlType.Error) return Broken;
        if (a == KqlType.Dynamic && b == KqlType.Dynamic) return DynamicArithmetic(symbol, left, right);

        // A dynamic operand takes the other side's type.
        if (a == KqlType.Dynamic && !IsTime(b)) (left, a) = (Convert(left, b == KqlType.Int ? KqlType.Long : b), b);
        if (b == KqlType.Dynamic && !IsTime(a)) (right, b) = (Convert(right, a == KqlType.Int ? KqlType.Long : a), a);
        if (a == KqlType.Dynamic) (left, a) = (Convert(left, TimeOperand(symbol, b)), TimeOperand(symbol, b));
        if (b == KqlType.Dynamic) (right, b) = (Convert(right, TimeOperand(symbol, a)), TimeOperand(symbol, a));
        if (a.IsNumeric() && b.IsNumeric()) return Numbers(symbol, left, right);
        if (Times(symbol, left, right) is { } time) return time;
        _bag.OperandTypes(span, Symbol(symbol), a, b);
        return Broken;
    }

    private static bool IsTime(KqlType type) => type is KqlType.DateTime or KqlType.TimeSpan;

    private static KqlType TimeOperand(BinaryOperator symbol, KqlType other) => (symbol, other) switch
    {
        (BinaryOperator.Subtract, KqlType.DateTime) => KqlType.DateTime,
        (BinaryOperator.Multiply or BinaryOperator.Divide, KqlType.TimeSpan) => KqlType.Real,
        _ => KqlType.TimeSpan,
    };

    private static BoundCall Numbers(BinaryOperator symbol, BoundScalar left, BoundScalar right)
    {
        var type = CommonNumber(left.Type, right.Type);
        var kernel = Arithmetic.Kernel(Symbol(symbol)[0], type);
        return CallKernel(Symbol(symbol), type, kernel, Convert(left, type), Convert(right, type));
    }

    /// <summary>Decimal beats real beats long; two ints give a long.</summary>
    private static KqlType CommonNumber(KqlType a, KqlType b) =>
        a == KqlType.Decimal || b == KqlType.Decimal ? KqlType.Decimal
        : a == KqlType.Real || b == KqlType.Real ? KqlType.Real
        : KqlType.Long;

    private static BoundCall? Times(BinaryOperator symbol, BoundScalar left, BoundScalar right)
    {
        var add = Arithmetic.Kernel('+', KqlType.Long);
        var subtract = Arithmetic.Kernel('-', KqlType.Long);
        return (left.Type, symbol, right.Type) switch
        {
            (KqlType.DateTime, BinaryOperator.Subtract, KqlType.DateTime) => CallKernel("-", KqlType.TimeSpan, subtract, left, right),
            (KqlType.DateTime, BinaryOperator.Add, KqlType.TimeSpan) => CallKernel("+", KqlType.DateTime, Arithmetic.AddToDate, left, right),
            (KqlType.TimeSpan, BinaryOperator.Add, KqlType.DateTime) => CallKernel("+", KqlType.DateTime, Arithmetic.AddToDate, left, right),
            (KqlType.DateTime, BinaryOperator.Subtract, KqlType.TimeSpan) => CallKernel("-", KqlType.DateTime, Arithmetic.SubtractFromDate, left, right),
            (KqlType.TimeSpan, BinaryOperator.Add, KqlType.TimeSpan) => CallKernel("+", KqlType.TimeSpan, add, left, right),
            (KqlType.TimeSpan, BinaryOperator.Subtract, KqlType.TimeSpan) => CallKernel("-", KqlType.TimeSpan, subtract, left, right),
            (KqlType.TimeSpan, BinaryOperator.Divide, KqlType.TimeSpan) => CallKernel("/", KqlType.Real, Arithmetic.TimeRatio, left, right),
            (KqlType.TimeSpan, BinaryOperator.Modulo, KqlType.TimeSpan) => CallKernel("%", KqlType.TimeSpan, Arithmetic.Kernel('%', KqlType.Long), left, right),
            (KqlType.TimeSpan, BinaryOperator.Multiply, _) when right.Type.IsNumeric() =>
                CallKernel("*", KqlType.TimeSpan, Arithmetic.ScaleTime, left, Convert(right, KqlType.Real)),
            (_, BinaryOperator.Multiply, KqlType.TimeSpan) when left.Type.IsNumeric() =>
                CallKernel("*", KqlType.TimeSpan, Arithmetic.ScaleTime, right, Convert(left, KqlType.Real)),
            (KqlType.TimeSpan, BinaryOperator.Divide, _) when right.Type.IsNumeric() =>
                CallKernel("/", KqlType.TimeSpan, Arithmetic.DivideTime, left, Convert(right, KqlType.Real)),
            _ => null,
        };
    }

    private static BoundCall DynamicArithmetic(BinaryOperator symbol, BoundScalar left, BoundScalar right) =>
        CallKernel(Symbol(symbol), KqlType.Dynamic, DynamicNumbers.Kernel(symbol), left, right);

    private BoundScalar Compare(BinaryOperator symbol, BoundScalar left, BoundScalar right, TextSpan span, string text)
    {
        var (a, b) = (left.Type, right.Type);
        if (a == KqlType.Error || b == KqlType.Error) return new BoundConstant(KqlType.Bool, null);
        var equality = symbol is BinaryOperator.Equal or BinaryOperator.NotEqual;
        if (CommonComparison(a, b, equality) is { } type)
        {
            if (type == KqlType.String && !equality)
            {
                _bag.OperandTypes(span, text, a, b);
                return new BoundConstant(KqlType.Bool, null);
            }

            return CallKernel(text, KqlType.Bool, Comparison.Kernel(symbol, type), Convert(left, type), Convert(right, type));
        }

        _bag.OperandTypes(span, text, a, b);
        return new BoundConstant(KqlType.Bool, null);
    }

    /// <summary>The type in which two values are compared; null when they cannot be.</summary>
    private static KqlType? CommonComparison(KqlType a, KqlType b, bool equality)
    {
        if (a == b) return a;
        if (a.IsNumeric() && b.IsNumeric()) return CommonNumber(a, b);
        if (a == KqlType.Dynamic) return b.IsNumeric() && b != KqlType.Decimal ? KqlType.Real : b;
        if (b == KqlType.Dynamic) return a.IsNumeric() && a != KqlType.Decimal ? KqlType.Real : a;

        // Equality of a text and a typed value compares the typed reading of the text.
        if (equality && a == KqlType.String) return b.IsNumeric() ? CommonNumber(b, KqlType.Real) : b;
        if (equality && b == KqlType.String) return a.IsNumeric() ? CommonNumber(a, KqlType.Real) : a;
        if ((a == KqlType.Bool && b.IsNumeric()) || (b == KqlType.Bool && a.IsNumeric())) return KqlType.Long;
        return null;
    }

    private BoundScalar TextPredicate(BinarySyntax syntax, BoundScalar left, BoundScalar right)
    {
        if (left.Type == KqlType.Error || right.Type == KqlType.Error) return new BoundConstant(KqlType.Bool, null);
        var symbol = TextOperators.Symbol(syntax.Operator);
        if (left.Type is not (KqlType.String or KqlType.Dynamic) && syntax.Operator is not (BinaryOperator.EqualIgnoreCase or BinaryOperator.NotEqualIgnoreCase))
        {
            _bag.OperandTypes(syntax.Span, symbol, left.Type, right.Type);
            return new BoundConstant(KqlType.Bool, null);
        }

        if (syntax.Operator == BinaryOperator.MatchesRegex && right is BoundConstant { Value: string pattern } && !RegexTranslation.TryGet(pattern, out _, out var problem))
        {
            _bag.CallFailed(syntax.Right.Span, problem);
            return new BoundConstant(KqlType.Bool, null);
        }

        return CallKernel(symbol, KqlType.Bool, TextOperators.Kernel(syntax.Operator), Convert(left, KqlType.String), Convert(right, KqlType.String));
    }

    /// <summary><c>* has "x"</c>: true where any column's text does.</summary>
    private BoundScalar AnyColumn(BinarySyntax syntax, RowContext rows)
    {
        var right = BindScalar(syntax.Right, rows);
        if (right.Type == KqlType.Error) return new BoundConstant(KqlType.Bool, null);
        var wanted = Convert(right, KqlType.String);
        var terms = new List<BoundScalar>();
        foreach (var column in rows.Columns)
        {
            var (symbol, kernel) = syntax.Operator == BinaryOperator.Equal
                ? ("==", Comparison.Kernel(BinaryOperator.Equal, KqlType.String))
                : (TextOperators.Symbol(syntax.Operator), TextOperators.Kernel(syntax.Operator));
            terms.Add(CallKernel(symbol, KqlType.Bool, kernel, Convert(new BoundColumn(column), KqlType.String), wanted));
        }

        return terms.Count == 0 ? new BoundConstant(KqlType.Bool, false) : new BoundLogic(false, terms);
    }

    private BoundScalar BindIn(InSyntax syntax, RowContext rows)
    {
        if (syntax.Left is StarSyntax)
        {
            var terms = rows.Columns.Select(c => BindInColumn(syntax, Convert(new BoundColumn(c), KqlType.String), rows)).ToArray();
            return terms.Length == 0 ? new BoundConstant(KqlType.Bool, false) : new BoundLogic(false, terms);
        }

        return BindInColumn(syntax, BindScalar(syntax.Left, rows), rows);
    }

    private BoundScalar BindInColumn(InSyntax syntax, BoundScalar left, RowContext rows)
    {
        var negated = syntax.Operator is InOperator.NotIn or InOperator.NotInIgnoreCase;
        var ignoreCase = syntax.Operator is InOperator.InIgnoreCase or InOperator.NotInIgnoreCase;
        var isTerms = syntax.Operator is InOperator.HasAny or InOperator.HasAll;
        if (syntax.Items is [var only] && IsTabular(only)) return InTable(syntax, left, only, negated, ignoreCase, isTerms);
        var items = syntax.Items.Select(i => BindScalar(i, rows)).ToArray();
        if (left.Type == KqlType.Error || items.Any(i => i.Type == KqlType.Error)) return new BoundConstant(KqlType.Bool, null);
        if (isTerms || ignoreCase) left = Convert(left, KqlType.String);
        if (left.Type == KqlType.Int) left = Convert(left, KqlType.Long);
        if (left.Type == KqlType.Long && items.Any(i => i.Type is KqlType.Real or KqlType.Decimal)) left = Convert(left, KqlType.Real);
        var kernel = new ItemMembership(syntax.Operator, left.Type);
        return new BoundCall(KqlType.Bool, "in", kernel, [left, .. items.Select(i => ItemOf(i, left.Type))], true);
    }

    // A dynamic item may be an array of items; it is taken apart when the query runs.
    private static BoundScalar ItemOf(BoundScalar item, KqlType type) => item.Type == KqlType.Dynamic ? item : Convert(item, type);

    private BoundScalar InTable(InSyntax syntax, BoundScalar left, ExpressionSyntax items, bool negated, bool ignoreCase, bool isTerms)
    {
        var table = BindTabular(items);
        if (table.Output.Count == 0 || left.Type == KqlType.Error) return new BoundConstant(KqlType.Bool, null);
        if (isTerms)
        {
            _bag.NotSupported(syntax.Span, "`has_any` or `has_all` over a table", "Collect the terms first: `toscalar(T | summarize make_set(column))`.");
            return new BoundConstant(KqlType.Bool, null);
        }

        var column = new ColumnVariable(table.Output[0].Name, left.Type);
        var wanted = new BoundProject(table, [new BoundAssignment(column, Convert(new BoundColumn(table.Output[0]), left.Type))], [column]);
        var use = Use(Share("in", wanted).Table);
        return new BoundInSubquery(left, use, use.Output[0], negated, ignoreCase);
    }
}
