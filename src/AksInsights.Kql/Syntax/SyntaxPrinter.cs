using System.Diagnostics;
using System.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

/// <summary>Writes a tree as a query that reads back as an equal tree, spans apart. Comments and layout are not kept.</summary>
public sealed partial class SyntaxPrinter
{
    private readonly StringBuilder _text = new();

    private SyntaxPrinter()
    {
    }

    /// <summary>Writes a query, a statement or an expression.</summary>
    /// <remarks>
    /// Shape: one line a statement or operator. Aliases are written by their principal name (<c>filter</c> as <c>where</c>), literals by
    /// their exact value. The tree must come from a text without errors, or be such a tree with expressions replaced by literals.
    /// </remarks>
    public static string Print(SyntaxNode node)
    {
        var printer = new SyntaxPrinter();
        switch (node)
        {
            case QuerySyntax query:
                printer.AppendStatements(query.Statements);
                break;
            case StatementSyntax statement:
                printer.Append(statement);
                break;
            case ExpressionSyntax expression:
                printer.Append(expression);
                break;
            case OperatorSyntax @operator:
                printer.Append(@operator);
                break;
            case NameSyntax name:
                printer.Append(name);
                break;
            default:
                throw new ArgumentException($"A {node.GetType().Name} is only part of something that can be written.", nameof(node));
        }

        return printer._text.ToString();
    }

    private SyntaxPrinter Append(string text)
    {
        _text.Append(text);
        return this;
    }

    private void AppendList<T>(IReadOnlyList<T> items, Action<T> append, string separator = ", ")
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                _text.Append(separator);
            append(items[i]);
        }
    }

    private void AppendStatements(IReadOnlyList<StatementSyntax> statements) => AppendList(statements, Append, ";\n");

    private void Append(StatementSyntax statement)
    {
        switch (statement)
        {
            case LetStatement let:
                Append("let ").Append(let.Name).Append(" = ").Append(let.Value);
                break;
            case ExpressionStatement expression:
                Append(expression.Expression);
                break;
            case SetStatement set:
                Append("set ").Append(set.Name);
                if (set.Value is { } value)
                    Append(" = ").Append(value);
                break;
            case DeclareParametersStatement declare:
                Append("declare query_parameters");
                Append(declare.Parameters);
                break;
            case PatternStatement pattern:
                Append(pattern);
                break;
            case UnsupportedStatement unsupported:
                Append(unsupported.Keyword switch { "alias" => "alias database", "restrict" => "restrict access", var other => other });
                break;
            default:
                throw new UnreachableException($"The statement {statement.GetType().Name} cannot be written.");
        }
    }

    private void Append(PatternStatement pattern)
    {
        Append("declare pattern ").Append(pattern.Name);
        if (pattern.Parameters.Count == 0) return;
        Append(" = ");
        Append(pattern.Parameters);
        if (pattern.Path is { } path)
        {
            Append("[");
            Append(path);
            Append("]");
        }

        Append(" {\n");
        foreach (var item in pattern.Cases)
        {
            Append("(");
            AppendList(item.Arguments, a => Append(a));
            Append(")");
            if (item.Path is { } member) AppendMember(member);
            Append(" = {\n");
            AppendStatements(item.Body.Body);
            Append("\n};\n");
        }

        Append("}");
    }

    private void Append(IReadOnlyList<FunctionParameter> parameters)
    {
        _text.Append('(');
        AppendList(parameters, Append);
        _text.Append(')');
    }

    private void Append(FunctionParameter parameter)
    {
        Append(parameter.Name).Append(":");
        if (parameter.Schema is { } schema)
            AppendSchema(schema, parameter.AnySchema);
        else
            Append(parameter.Type.Name());
        if (parameter.Default is { } value)
            Append(" = ").Append(value);
    }

    private void AppendSchema(IReadOnlyList<ColumnDeclaration> columns, bool star = false)
    {
        Append(star ? columns.Count > 0 ? "(*, " : "(*" : "(");
        AppendList(columns, Append);
        _text.Append(')');
    }

    private void Append(ColumnDeclaration column) => Append(column.Name).Append(":").Append(column.Type.Name());

    private SyntaxPrinter Append(NameSyntax name)
    {
        if (IsPlain(name.Text) && !IsWord(name.Text))
            return Append(name.Text);
        return Append("[").Append(StringText.Quote(name.Text)).Append("]");
    }

    /// <summary>True for a name that can be written without quotes, if it is no word of the grammar.</summary>
    private static bool IsPlain(string name)
    {
        if (name is "$left" or "$right")
            return true;
        if (name.Length == 0 || !Lexer.IsWordStart(name[0]))
            return false;
        foreach (var c in name)
        {
            if (!Lexer.IsWordPart(c))
                return false;
        }

        return true;
    }

    /// <summary>True for words that mean something at some place where a name may stand.</summary>
    private static bool IsWord(string name) => name is "by" or "of" or "in" or "on" or "to" or "with" or "where" or "kind" or "flags"
        or "with_itemindex" or "bagexpansion" or "withsource" or "with_source" or "isfuzzy" or "datascope" or "asc" or "desc" or "nulls"
        or "default" or "limit" or "id" or "step" or "print" or "range" or "union" or "find" or "search" or "evaluate" or "let" or "set"
        or "declare" or "alias" or "restrict" or "view" or "true" or "True" or "TRUE" or "false" or "False" or "FALSE"
        || Infix.Of(new Token(TokenKind.Identifier, default, name)).Precedence != Precedence.None;
}
