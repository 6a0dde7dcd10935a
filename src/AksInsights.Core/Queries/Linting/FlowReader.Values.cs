using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AksInsights.Kql.Syntax;

namespace AksInsights.Core.Queries.Linting;

/// <content>What is known about the values of expressions.</content>
internal sealed partial class FlowReader
{
    private static readonly HashSet<BinaryOperator> Comparisons =
    [
        BinaryOperator.Equal, BinaryOperator.NotEqual, BinaryOperator.Less, BinaryOperator.LessOrEqual, BinaryOperator.Greater, BinaryOperator.GreaterOrEqual,
    ];

    private static readonly HashSet<BinaryOperator> Arithmetic =
        [BinaryOperator.Add, BinaryOperator.Subtract, BinaryOperator.Multiply, BinaryOperator.Divide, BinaryOperator.Modulo];

    private static readonly HashSet<string> ValueOfEach = new(StringComparer.Ordinal)
    {
        "tolower", "toupper", "tostring", "strcat", "bin", "floor", "round", "abs", "reverse", "max_of", "min_of", "startofday", "startofhour", "parse_json", "todynamic",
        "format_datetime", "format_timespan", "base64_encode_tostring", "hash_sha256", "pack", "bag_pack", "pack_array", "strcat_delim",
    };

    private static readonly HashSet<string> AlwaysThere = new(StringComparer.Ordinal) { "strlen", "array_length", "isempty", "isnotempty", "isnull", "isnotnull", "not", "ingestion_time" };

    /// <summary>The facts of an expression, noting on the way what rules ask about.</summary>
    private ColumnFacts Value(ExpressionSyntax expression, Scope scope)
    {
        switch (expression)
        {
            case LiteralSyntax literal: return ColumnFacts.Unknown with { IsFilled = Conditions.IsFilled(literal) };
            case ParenthesizedSyntax inner: return Value(inner.Inner, scope);
            case NameExpression name: return scope.Row.Find(name.Name.Text) ?? scope.Names.GetValueOrDefault(name.Name.Text) as ColumnFacts ?? ColumnFacts.Unknown;
            case UnarySyntax unary: return Value(unary.Operand, scope);
            case PathSyntax path: return Member(Value(path.Target, scope), path.Member.Text);
            case ElementSyntax element: return Element(element, scope);
            case BinarySyntax binary: return Binary(binary, scope);
            case InSyntax list: return In(list, scope);
            case BetweenSyntax between: return Between(between, scope);
            case CallSyntax call: return CallValue(call, scope);
            case PipeSyntax or SourceOperator: return Table(expression, scope) is { Columns: [var first, ..] } ? first.Value with { IsFilled = false } : ColumnFacts.Unknown;
            default: return ColumnFacts.Unknown;
        }
    }

    private static ColumnFacts Member(ColumnFacts target, string member) =>
        target with { IsFilled = KnownColumns.IsFilledMember(target, member), FollowsOrigin = false, IsRawClusterId = target.IsRawClusterId || KnownColumns.IsClusterIdMember(member) };

    private ColumnFacts Element(ElementSyntax element, Scope scope)
    {
        var target = Value(element.Target, scope);
        Value(element.Index, scope);
        if (element.Index is LiteralSyntax { Value: string member }) return Member(target, member);
        if (target.IsInstanceParts && element.Index is LiteralSyntax { Value: long })
            _flow.Add(new ValueUse(element.Span, ValueRole.CountedFromStart, "split", target));
        return target with { IsFilled = false, FollowsOrigin = false, IsInstanceParts = false, IsRawClusterId = target.IsRawClusterId && !target.IsInstanceParts };
    }

    private ColumnFacts Binary(BinarySyntax binary, Scope scope)
    {
        var left = Value(binary.Left, scope);
        // What the left side of `and` proves holds on its right side, and what that of `or` refutes.
        var inside = binary.Operator is BinaryOperator.And or BinaryOperator.Or ? scope.Fill(Proven(binary.Left, binary.Operator is BinaryOperator.And, scope)) : scope;
        var right = Value(binary.Right, inside);
        if (binary.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual)
            _flow.Add(new ValueUse(binary.OperatorSpan, ValueRole.Compared, binary.Operator is BinaryOperator.Equal ? "==" : "!=", ColumnFacts.MadeFrom([left, right])));
        if (Comparisons.Contains(binary.Operator)) NoteRecency(left, right);
        if (!Arithmetic.Contains(binary.Operator)) return Flag(binary, scope);
        var made = ColumnFacts.MadeFrom([left, right]) with { IsFilled = left.IsFilled && right.IsFilled };
        if (binary.Operator is not BinaryOperator.Subtract || !left.IsCumulative || !right.IsCumulative) return made;
        _flow.MeasuresRises = true;
        return made with { IsRise = true, IsCumulative = false };
    }

    private ColumnFacts Flag(ExpressionSyntax condition, Scope scope) => ColumnFacts.Always with { FilledWhenTrue = Proven(condition, true, scope) };

    private void NoteRecency(ColumnFacts left, ColumnFacts right)
    {
        if ((left.Origins.Contains(KnownColumns.LastSeen) && right.IsOfWindow) || (right.Origins.Contains(KnownColumns.LastSeen) && left.IsOfWindow))
            _flow.LastSeenIsFiltered = true;
    }

    private ColumnFacts In(InSyntax list, Scope scope)
    {
        var left = Value(list.Left, scope);
        foreach (var item in list.Items)
        {
            if (Table(item, scope) is null) Value(item, scope);
        }

        if (list.Operator is InOperator.In or InOperator.NotIn)
            _flow.Add(new ValueUse(list.Left.Span, ValueRole.Compared, list.Operator is InOperator.In ? "in" : "!in", left));
        return Flag(list, scope);
    }

    private ColumnFacts Between(BetweenSyntax between, Scope scope)
    {
        var value = Value(between.Value, scope);
        NoteRecency(value, Value(between.Low, scope));
        NoteRecency(value, Value(between.High, scope));
        return Flag(between, scope);
    }

    private ColumnFacts CallValue(CallSyntax call, Scope scope)
    {
        if (scope.Names.GetValueOrDefault(call.Name.Text) is FunctionSyntax function) return Call(function, call, scope).Value;
        if (call.Name.Text is "toscalar" && call.Arguments is [var table] && Table(table.Value, scope) is { } rows) return rows.Columns is [var first, ..] ? first.Value with { IsFilled = false } : ColumnFacts.Unknown;
        if (call.Name.Text is "iff" or "iif" or "case") return Choice(call, scope);
        var arguments = call.Arguments.Select(a => Value(a.Value, scope)).ToList();
        var made = ColumnFacts.MadeFrom(arguments);
        switch (call.Name.Text)
        {
            case "not" or "isempty" or "isnotempty" or "isnull" or "isnotnull": return Flag(call, scope);
            case "tolower" or "toupper" when arguments is [var cased]: return cased with { IsRawClusterId = false };
            case "tostring" when arguments is [var written]: return written;
            case "coalesce": return made with { IsFilled = arguments.Exists(a => a.IsFilled) };
            case "strcat": return made with { IsFilled = arguments.TrueForAll(a => a.IsFilled) };
            case "extract" or "extract_all": return Extract(call, arguments, scope);
            case "split": return Split(call, arguments, made);
            case "row_cumsum" when made.IsCumulative: Sum(call, made); return made;
            case "prev" or "next": return made with { IsFilled = false, FilledWhenTrue = [] };
            default: return made with { IsFilled = AlwaysThere.Contains(call.Name.Text) || (ValueOfEach.Contains(call.Name.Text) && arguments.TrueForAll(a => a.IsFilled)) };
        }
    }

    /// <summary>One of several values: each is judged by what its condition, and the failing of those before it, prove of the row.</summary>
    private ColumnFacts Choice(CallSyntax call, Scope scope)
    {
        var results = new List<ColumnFacts>();
        var inside = scope;
        var values = call.Arguments.Select(a => a.Value).ToList();
        for (var i = 0; i + 1 < values.Count; i += 2)
        {
            Value(values[i], inside);
            results.Add(Value(values[i + 1], inside.Fill(Proven(values[i], true, inside))));
            inside = inside.Fill(Proven(values[i], false, inside));
        }

        if (values.Count % 2 == 1) results.Add(Value(values[^1], inside));
        return ColumnFacts.MadeFrom(results) with { IsFilled = results.TrueForAll(r => r.IsFilled) };
    }

    private static ColumnFacts Extract(CallSyntax call, List<ColumnFacts> arguments, Scope scope)
    {
        var source = arguments.Count > 2 ? arguments[2] : ColumnFacts.Unknown;
        // A piece of an instance name is no longer the cluster's id.
        var raw = source.IsRawClusterId && !KnownColumns.IsInstanceName(source);
        var finds = call.Name.Text == "extract" && call.Arguments is [{ Value: LiteralSyntax { Value: string pattern } }, { Value: LiteralSyntax { Value: long group } }, _, ..]
            && TryExpression(pattern) is { } expression && KnownColumns.AlwaysFinds(expression, (int)group, source);
        return source with { IsFilled = finds && source.IsFilled, FollowsOrigin = finds && source.FollowsOrigin, IsRawClusterId = raw };
    }

    private static Regex? TryExpression(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            // The binder reports expressions that the language does not have.
            return null;
        }
    }

    private ColumnFacts Split(CallSyntax call, List<ColumnFacts> arguments, ColumnFacts made)
    {
        if (arguments.Count == 0 || !KnownColumns.IsInstanceName(arguments[0])) return made;
        if (call.Arguments is [_, _, { Value: LiteralSyntax { Value: long } }]) _flow.Add(new ValueUse(call.Span, ValueRole.CountedFromStart, "split", arguments[0]));
        return made with { IsInstanceParts = true, IsRawClusterId = false };
    }

    /// <summary>The columns of the row that are proven to be filled where a condition is true, or where it is false.</summary>
    private ImmutableHashSet<string> Proven(ExpressionSyntax condition, bool truth, Scope scope)
    {
        switch (condition)
        {
            case ParenthesizedSyntax inner: return Proven(inner.Inner, truth, scope);
            case CallSyntax { Name.Text: "not", Arguments: [var negated] }: return Proven(negated.Value, !truth, scope);
            case CallSyntax { Name.Text: "isnotempty" or "isempty", Arguments: [{ Value: NameExpression name }] } call:
                return call.Name.Text == "isnotempty" == truth ? Proves(name, scope) : [];
            case BinarySyntax { Operator: BinaryOperator.And or BinaryOperator.Or } both:
                var (left, right) = (Proven(both.Left, truth, scope), Proven(both.Right, truth, scope));
                return both.Operator is BinaryOperator.And == truth ? left.Union(right) : left.Intersect(right);
            case NameExpression name when truth: return scope.Row[name.Name.Text].FilledWhenTrue;
            case InSyntax { Operator: InOperator.In or InOperator.InIgnoreCase, Left: NameExpression name } list:
                return truth && list.Items.All(i => Value(i, scope).IsFilled) ? Proves(name, scope).Union(ProvenByKinds(list, name, scope)) : [];
            case BinarySyntax binary: return ProvenByComparison(binary, truth, scope);
            default: return [];
        }
    }

    private ImmutableHashSet<string> ProvenByComparison(BinarySyntax binary, bool truth, Scope scope)
    {
        if (binary.Left is not NameExpression name) return [];
        var isFilled = Value(binary.Right, scope).IsFilled;
        var isEmptyText = binary.Right is LiteralSyntax { Value: "" };
        var proves = binary.Operator switch
        {
            BinaryOperator.Equal or BinaryOperator.EqualIgnoreCase => truth ? isFilled : isEmptyText,
            BinaryOperator.NotEqual or BinaryOperator.NotEqualIgnoreCase => truth ? isEmptyText : isFilled,
            BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual => truth,
            BinaryOperator.Has or BinaryOperator.HasCs or BinaryOperator.Contains or BinaryOperator.ContainsCs or BinaryOperator.StartsWith or BinaryOperator.StartsWithCs
                or BinaryOperator.EndsWith or BinaryOperator.EndsWithCs or BinaryOperator.HasPrefix or BinaryOperator.HasSuffix => truth && isFilled,
            BinaryOperator.MatchesRegex => truth && binary.Right is LiteralSyntax { Value: string pattern } && TryExpression(pattern)?.IsMatch("") == false,
            _ => false,
        };
        if (!proves) return [];
        var kind = truth && binary is { Operator: BinaryOperator.Equal, Right: LiteralSyntax { Value: string text } } ? KnownColumns.ProvenByKind(scope.Row[name.Name.Text], text) : null;
        return Proves(name, scope).Union(Following(kind, scope));
    }

    private static ImmutableHashSet<string> ProvenByKinds(InSyntax list, NameExpression name, Scope scope)
    {
        var proven = Conditions.TextsOf(list, _ => true).Select(kind => KnownColumns.ProvenByKind(scope.Row[name.Name.Text], kind)).Distinct().ToList();
        return proven is [{ } one] ? Following(one, scope) : [];
    }

    private static ImmutableHashSet<string> Proves(NameExpression name, Scope scope)
    {
        ImmutableHashSet<string> proven = [name.Name.Text];
        return proven.Union(Following(KnownColumns.CompanionOf(scope.Row[name.Name.Text]), scope));
    }

    private static ImmutableHashSet<string> Following(string? origin, Scope scope) =>
        origin is null ? [] : [.. scope.Row.Columns.Where(c => KnownColumns.Follows(c.Value, origin)).Select(c => c.Key)];
}
