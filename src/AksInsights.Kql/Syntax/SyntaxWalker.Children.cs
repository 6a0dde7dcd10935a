using System.Diagnostics;

namespace AksInsights.Kql.Syntax;

public static partial class SyntaxWalker
{
    private static void AddExpressionChildren(ExpressionSyntax expression, List<SyntaxNode> into)
    {
        switch (expression)
        {
            case LiteralSyntax or WildcardName or StarSyntax or MissingExpression or SubqueryInput: break;
            case NameExpression name: into.Add(name.Name); break;
            case PathSyntax path: into.Add(path.Target); into.Add(path.Member); break;
            case ElementSyntax element: into.Add(element.Target); into.Add(element.Index); break;
            case CallSyntax call: AddOptional(call.Target, into); into.Add(call.Name); into.AddRange(call.Arguments); break;
            case ParenthesizedSyntax parenthesized: into.Add(parenthesized.Inner); break;
            case UnarySyntax unary: into.Add(unary.Operand); break;
            case BinarySyntax binary: into.Add(binary.Left); into.Add(binary.Right); break;
            case InSyntax list: into.Add(list.Left); into.AddRange(list.Items); break;
            case BetweenSyntax between: into.Add(between.Value); into.Add(between.Low); into.Add(between.High); break;
            case TypeOfSyntax type: into.AddRange(type.Schema); break;
            case FunctionSyntax function: into.AddRange(function.Parameters); into.AddRange(function.Body); break;
            case PipeSyntax pipe: into.Add(pipe.Source); into.AddRange(pipe.Operators); break;
            case SourceOperator source: into.Add(source.Operator); break;
            case DataTableSyntax table: into.AddRange(table.Columns); into.AddRange(table.Values); break;
            case ExternalDataSyntax external: into.AddRange(external.Columns); break;
            default: throw new UnreachableException($"No children are known of {expression.GetType().Name}.");
        }
    }

    private static bool AddRowChildren(OperatorSyntax @operator, List<SyntaxNode> into)
    {
        switch (@operator)
        {
            case WhereOperator where: into.Add(where.Predicate); break;
            case SortOperator sort: into.AddRange(sort.Keys); break;
            case TopOperator top: into.Add(top.Count); into.AddRange(top.Keys); break;
            case TakeOperator take: into.Add(take.Count); break;
            case CountOperator count: AddOptional(count.As, into); break;
            case SampleOperator sample: into.Add(sample.Count); break;
            case SampleDistinctOperator sample: into.Add(sample.Count); into.Add(sample.Of); break;
            case TopHittersOperator top: into.Add(top.Count); into.Add(top.Of); AddOptional(top.By, into); break;
            case TopNestedOperator top: into.AddRange(top.Levels); break;
            case JoinOperator join: into.AddRange(join.Parameters); into.Add(join.Right); into.AddRange(join.Conditions); break;
            case UnionOperator union: into.AddRange(union.Parameters); into.AddRange(union.Tables); break;
            case RangeOperator range: into.AddRange([range.Name, range.From, range.To, range.Step]); break;
            case SearchOperator search: into.AddRange(search.Parameters); AddAll(search.Tables, into); into.Add(search.Predicate); break;
            case FindOperator find: AddFindChildren(find, into); break;
            case ConsumeOperator or GetSchemaOperator or UnsupportedOperator: break;
            default: return false;
        }

        return true;
    }

    private static void AddFindChildren(FindOperator find, List<SyntaxNode> into)
    {
        into.AddRange(find.Parameters);
        AddAll(find.Tables, into);
        into.Add(find.Predicate);
        into.AddRange(find.Project ?? []);
    }

    private static bool AddColumnChildren(OperatorSyntax @operator, List<SyntaxNode> into)
    {
        switch (@operator)
        {
            case ExtendOperator extend: into.AddRange(extend.Columns); break;
            case ProjectOperator project: into.AddRange(project.Columns); break;
            case PrintOperator print: into.AddRange(print.Columns); break;
            case ProjectRenameOperator rename: into.AddRange(rename.Columns); break;
            case ProjectAwayOperator away: into.AddRange(away.Patterns); break;
            case ProjectReorderOperator reorder: into.AddRange(reorder.Columns); break;
            case ProjectByNamesOperator byNames: into.AddRange(byNames.Names); break;
            case DistinctOperator distinct: into.AddRange(distinct.Columns); break;
            case SerializeOperator serialize: into.AddRange(serialize.Columns); break;
            case AssertSchemaOperator assert: into.AddRange(assert.Columns); break;
            case SummarizeOperator summarize:
                into.AddRange(summarize.Parameters);
                into.AddRange(summarize.Aggregates);
                into.AddRange(summarize.Groups);
                break;
            case EvaluateOperator evaluate:
                into.AddRange(evaluate.Parameters);
                into.Add(evaluate.Call);
                AddAll(evaluate.Schema, into);
                break;
            case InvokeOperator invoke: into.Add(invoke.Call); break;
            case AsOperator named: into.AddRange(named.Parameters); into.Add(named.Name); break;
            case RenderOperator render: into.AddRange(render.Properties); break;
            default: return false;
        }

        return true;
    }

    private static bool AddShapeChildren(OperatorSyntax @operator, List<SyntaxNode> into)
    {
        switch (@operator)
        {
            case MvExpandOperator expand:
                into.AddRange(expand.Parameters);
                into.AddRange(expand.Columns);
                AddOptional(expand.Limit, into);
                break;
            case MvApplyOperator apply: AddApplyChildren(apply, into); break;
            case MakeSeriesOperator series: AddSeriesChildren(series, into); break;
            case ParseOperator parse: into.AddRange(parse.Parameters); into.Add(parse.Source); into.AddRange(parse.Pattern); break;
            case ParseKvOperator parse: into.Add(parse.Source); into.AddRange(parse.Columns); into.AddRange(parse.Options); break;
            case PartitionOperator partition:
                into.AddRange(partition.Parameters);
                into.AddRange([partition.By, partition.Subquery]);
                break;
            case ForkOperator fork: into.AddRange(fork.Branches); break;
            case FacetOperator facet: into.AddRange(facet.Columns); AddOptional(facet.With, into); break;
            case ReduceOperator reduce: into.AddRange(reduce.Parameters); into.Add(reduce.By); into.AddRange(reduce.Options); break;
            case ScanOperator scan: AddScanChildren(scan, into); break;
            default: return false;
        }

        return true;
    }

    private static void AddApplyChildren(MvApplyOperator apply, List<SyntaxNode> into)
    {
        // The id clause is held as a parameter but stands behind the columns.
        IEnumerable<SyntaxNode> parts = [.. apply.Parameters, .. apply.Columns];
        into.AddRange(parts.Concat(apply.Limit is null ? [] : [apply.Limit]).OrderBy(part => part.Span.Start));
        into.Add(apply.Subquery);
    }

    private static void AddSeriesChildren(MakeSeriesOperator series, List<SyntaxNode> into)
    {
        into.AddRange(series.Parameters);
        into.AddRange(series.Aggregates);
        into.Add(series.Axis);
        AddOptional(series.From, into);
        AddOptional(series.To, into);
        into.Add(series.Step);
        into.AddRange(series.Groups);
    }

    private static void AddScanChildren(ScanOperator scan, List<SyntaxNode> into)
    {
        // The clauses may be written in any order.
        IEnumerable<SyntaxNode> clauses = [.. scan.Parameters, .. scan.OrderBy, .. scan.PartitionBy, .. scan.Declarations];
        into.AddRange(clauses.OrderBy(clause => clause.Span.Start));
        into.AddRange(scan.Steps);
    }
}
