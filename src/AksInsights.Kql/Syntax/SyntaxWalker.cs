using System.Diagnostics;

namespace AksInsights.Kql.Syntax;

/// <summary>Visits the nodes of a tree, in the order in which they stand in the text. Never recurses, so depth does not matter.</summary>
public static partial class SyntaxWalker
{
    /// <summary>The nodes directly below a node, in source order; empty for leaves.</summary>
    public static IReadOnlyList<SyntaxNode> Children(SyntaxNode node)
    {
        var children = new List<SyntaxNode>();
        AddChildren(node, children);
        return children;
    }

    /// <summary>All nodes below a node, parents before children, in source order; the node itself is not among them.</summary>
    public static IEnumerable<SyntaxNode> Descendants(SyntaxNode node)
    {
        var pending = new Stack<SyntaxNode>();
        var children = new List<SyntaxNode>();
        AddChildren(node, children);
        Push(pending, children);
        while (pending.TryPop(out var next))
        {
            yield return next;
            children.Clear();
            AddChildren(next, children);
            Push(pending, children);
        }
    }

    /// <summary>The first node below which there are more levels than allowed counted from the root; null when there is none.</summary>
    internal static SyntaxNode? FindBelow(SyntaxNode root, int levels)
    {
        var pending = new Stack<(SyntaxNode Node, int Level)>();
        var children = new List<SyntaxNode>();
        pending.Push((root, 0));
        while (pending.TryPop(out var next))
        {
            if (next.Level > levels)
                return next.Node;
            children.Clear();
            AddChildren(next.Node, children);
            foreach (var child in children)
                pending.Push((child, next.Level + 1));
        }

        return null;
    }

    private static void Push(Stack<SyntaxNode> pending, List<SyntaxNode> children)
    {
        for (var i = children.Count - 1; i >= 0; i--)
            pending.Push(children[i]);
    }

    private static void AddChildren(SyntaxNode node, List<SyntaxNode> into)
    {
        switch (node)
        {
            case ExpressionSyntax expression:
                AddExpressionChildren(expression, into);
                break;
            case OperatorSyntax @operator:
                if (!AddRowChildren(@operator, into) && !AddColumnChildren(@operator, into) && !AddShapeChildren(@operator, into))
                    throw new UnreachableException($"No children are known of {@operator.GetType().Name}.");
                break;
            case StatementSyntax statement:
                AddStatementChildren(statement, into);
                break;
            default:
                AddPartChildren(node, into);
                break;
        }
    }

    private static void AddStatementChildren(StatementSyntax statement, List<SyntaxNode> into)
    {
        switch (statement)
        {
            case LetStatement let:
                into.Add(let.Name);
                into.Add(let.Value);
                break;
            case ExpressionStatement expression:
                into.Add(expression.Expression);
                break;
            case SetStatement set:
                into.Add(set.Name);
                AddOptional(set.Value, into);
                break;
            case DeclareParametersStatement declare:
                into.AddRange(declare.Parameters);
                break;
            case PatternStatement pattern:
                into.Add(pattern.Name);
                into.AddRange(pattern.Parameters);
                AddOptional(pattern.Path, into);
                into.AddRange(pattern.Cases);
                break;
            case UnsupportedStatement:
                break;
            default:
                throw new UnreachableException($"No children are known of {statement.GetType().Name}.");
        }
    }

    private static void AddPartChildren(SyntaxNode part, List<SyntaxNode> into)
    {
        switch (part)
        {
            case QuerySyntax query: into.AddRange(query.Statements); break;
            case NameSyntax or ColumnPattern: break;
            case ColumnDeclaration column: into.Add(column.Name); break;
            case PatternCase item: into.AddRange(item.Arguments); AddOptional(item.Path, into); into.Add(item.Body); break;
            case ArgumentSyntax argument: AddOptional(argument.Name, into); into.Add(argument.Value); break;
            case OperatorParameter parameter: into.Add(parameter.Name); into.Add(parameter.Value); break;
            case NamedExpression named: into.AddRange(named.Names); into.Add(named.Expression); break;
            case OrderingSyntax ordering: into.Add(ordering.Expression); break;
            case MvExpandColumn column: into.Add(column.Column); break;
            case MakeSeriesAggregate aggregate: into.Add(aggregate.Aggregate); AddOptional(aggregate.Default, into); break;
            case ParsePiece piece: AddOptional(piece.Text, into); AddOptional(piece.Column, into); break;
            case FunctionParameter parameter: AddParameterChildren(parameter, into); break;
            case TopNestedLevel level: AddLevelChildren(level, into); break;
            case ScanStep step: into.Add(step.Name); into.Add(step.Condition); into.AddRange(step.Assignments); break;
            default: throw new UnreachableException($"No children are known of {part.GetType().Name}.");
        }
    }

    private static void AddParameterChildren(FunctionParameter parameter, List<SyntaxNode> into)
    {
        into.Add(parameter.Name);
        AddAll(parameter.Schema, into);
        AddOptional(parameter.Default, into);
    }

    private static void AddLevelChildren(TopNestedLevel level, List<SyntaxNode> into)
    {
        AddOptional(level.Count, into);
        into.Add(level.Of);
        AddOptional(level.Others, into);
        into.Add(level.By);
    }

    private static void AddOptional(SyntaxNode? node, List<SyntaxNode> into)
    {
        if (node is not null)
            into.Add(node);
    }

    private static void AddAll(IReadOnlyList<SyntaxNode>? nodes, List<SyntaxNode> into)
    {
        if (nodes is not null)
            into.AddRange(nodes);
    }
}
