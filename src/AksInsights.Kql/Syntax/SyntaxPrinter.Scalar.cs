using System.Diagnostics;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

public sealed partial class SyntaxPrinter
{
    private SyntaxPrinter Append(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case LiteralSyntax literal: Append(literal); break;
            case NameExpression name: Append(name.Name); break;
            case WildcardName wildcard: Append(wildcard.Pattern); break;
            case StarSyntax: Append("*"); break;
            case PathSyntax path: Append(path.Target); AppendMember(path.Member); break;
            case ElementSyntax element: Append(element.Target).Append("[").Append(element.Index).Append("]"); break;
            case CallSyntax call: Append(call); break;
            case ParenthesizedSyntax parenthesized: Append("(").Append(parenthesized.Inner).Append(")"); break;
            case UnarySyntax unary: Append(unary.Operator == UnaryOperator.Minus ? "-" : "+").Append(unary.Operand); break;
            case BinarySyntax binary: Append(binary.Left).Append($" {Text(binary.Operator)} ").Append(binary.Right); break;
            case InSyntax list: Append(list); break;
            case BetweenSyntax between: Append(between); break;
            case TypeOfSyntax type: Append(type); break;
            case MissingExpression or SubqueryInput: break;
            default: AppendTabular(expression); break;
        }

        return this;
    }

    private void AppendTabular(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case FunctionSyntax function:
                Append(function.IsView ? "view " : string.Empty).Append(function.Parameters);
                Append(" {\n");
                AppendStatements(function.Body);
                Append("\n}");
                break;
            case PipeSyntax pipe:
                Append(pipe.Source);
                for (var i = 0; i < pipe.Operators.Count; i++)
                {
                    Append(i == 0 && pipe.Source is SubqueryInput ? string.Empty : "\n| ");
                    Append(pipe.Operators[i]);
                }

                break;
            case SourceOperator source:
                Append(source.Operator);
                break;
            case DataTableSyntax table:
                Append("datatable");
                AppendSchema(table.Columns);
                Append("[");
                AppendList(table.Values, value => Append(value));
                Append("]");
                break;
            case ExternalDataSyntax external:
                Append("externaldata");
                AppendSchema(external.Columns);
                Append("[]");
                break;
            default:
                throw new UnreachableException($"The expression {expression.GetType().Name} cannot be written.");
        }
    }

    private void AppendMember(NameSyntax member) =>
        Append(IsPlain(member.Text) ? $".{member.Text}" : $".[{StringText.Quote(member.Text)}]");

    private void Append(CallSyntax call)
    {
        if (call.Target is { } target)
        {
            Append(target);
            AppendMember(call.Name);
        }
        else
        {
            // A call is recognised by its parenthesis, whatever the word before it means elsewhere.
            Append(call.Name.Text);
        }

        Append("(");
        AppendList(call.Arguments, argument =>
        {
            if (argument.Name is { } name)
                Append(name).Append(" = ");
            Append(argument.Value);
        });
        Append(")");
    }

    private void Append(InSyntax list)
    {
        Append(list.Left).Append($" {Text(list.Operator)} (");
        AppendList(list.Items, item => Append(item));
        Append(")");
    }

    private void Append(BetweenSyntax between) => Append(between.Value).Append(between.Negated ? " !between (" : " between (")
        .Append(between.Low).Append(" .. ").Append(between.High).Append(")");

    private void Append(TypeOfSyntax type)
    {
        Append("typeof(");
        if (type.Star)
            Append(type.Types.Count + type.Schema.Count > 0 ? "*, " : "*");
        AppendList(type.Types, t => Append(t.Name()));
        if (type.Types.Count > 0 && type.Schema.Count > 0)
            Append(", ");
        AppendList(type.Schema, Append);
        Append(")");
    }

    private static string Text(InOperator @operator) => @operator switch
    {
        InOperator.In => "in",
        InOperator.NotIn => "!in",
        InOperator.InIgnoreCase => "in~",
        InOperator.NotInIgnoreCase => "!in~",
        InOperator.HasAny => "has_any",
        InOperator.HasAll => "has_all",
        _ => throw new UnreachableException($"InOperator {@operator}"),
    };

    private static string Text(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Or => "or",
        BinaryOperator.And => "and",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.EqualIgnoreCase => "=~",
        BinaryOperator.NotEqualIgnoreCase => "!~",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Modulo => "%",
        BinaryOperator.MatchesRegex => "matches regex",
        _ => TextOperator(@operator),
    };

    /// <summary>Names such as NotHasPrefixCs tell how they are written: <c>!hasprefix_cs</c>.</summary>
    private static string TextOperator(BinaryOperator @operator)
    {
        var name = @operator.ToString().AsSpan();
        var negated = name.StartsWith("Not");
        var sensitive = name.EndsWith("Cs");
        name = name[(negated ? 3 : 0)..(sensitive ? name.Length - 2 : name.Length)];
        return $"{(negated ? "!" : string.Empty)}{name.ToString().ToLowerInvariant()}{(sensitive ? "_cs" : string.Empty)}";
    }
}
