using System.Diagnostics;

namespace AksInsights.Kql.Syntax;

public sealed partial class SyntaxPrinter
{
    private void Append(OperatorSyntax @operator)
    {
        if (!AppendRowOperator(@operator) && !AppendColumnOperator(@operator) && !AppendShapeOperator(@operator))
            throw new UnreachableException($"The operator {@operator.GetType().Name} cannot be written.");
    }

    private bool AppendRowOperator(OperatorSyntax @operator)
    {
        switch (@operator)
        {
            case WhereOperator where: Append("where ").Append(where.Predicate); break;
            case SortOperator sort: Append("sort by "); AppendList(sort.Keys, Append); break;
            case TopOperator top: Append("top ").Append(top.Count).Append(" by "); AppendList(top.Keys, Append); break;
            case TakeOperator take: Append("take ").Append(take.Count); break;
            case CountOperator { As: { } name }: Append("count as ").Append(name); break;
            case CountOperator: Append("count"); break;
            case SampleOperator sample: Append("sample ").Append(sample.Count); break;
            case SampleDistinctOperator sample: Append("sample-distinct ").Append(sample.Count).Append(" of ").Append(sample.Of); break;
            case TopHittersOperator top: Append(top); break;
            case TopNestedOperator top: Append("top-nested "); AppendList(top.Levels, Append, ",\n  top-nested "); break;
            case JoinOperator join: Append(join); break;
            case UnionOperator union: AppendHead("union", union.Parameters); AppendList(union.Tables, table => Append(table)); break;
            case RangeOperator range: Append(range); break;
            case SearchOperator search: AppendHead("search", search.Parameters); AppendIn(search.Tables); Append(search.Predicate); break;
            case FindOperator find: Append(find); break;
            case ConsumeOperator: Append("consume"); break;
            case UnsupportedOperator unsupported: Append(unsupported.Keyword); break;
            default: return false;
        }

        return true;
    }

    private bool AppendColumnOperator(OperatorSyntax @operator)
    {
        switch (@operator)
        {
            case ExtendOperator extend: AppendColumns("extend ", extend.Columns); break;
            case ProjectOperator project: AppendColumns("project ", project.Columns); break;
            case PrintOperator print: AppendColumns("print ", print.Columns); break;
            case ProjectRenameOperator rename: AppendColumns("project-rename ", rename.Columns); break;
            case ProjectAwayOperator away: Append(away.Keep ? "project-keep " : "project-away "); AppendList(away.Patterns, Append); break;
            case ProjectReorderOperator reorder: Append("project-reorder "); AppendList(reorder.Columns, Append); break;
            case ProjectByNamesOperator byNames: Append("project-by-names "); AppendList(byNames.Names, name => Append(name)); break;
            case DistinctOperator distinct: AppendColumns("distinct ", distinct.Columns); break;
            case SerializeOperator { Columns: [] }: Append("serialize"); break;
            case SerializeOperator serialize: AppendColumns("serialize ", serialize.Columns); break;
            case SummarizeOperator summarize: Append(summarize); break;
            case GetSchemaOperator: Append("getschema"); break;
            case AssertSchemaOperator assert: Append("assert-schema "); AppendSchema(assert.Columns, assert.Star); break;
            case EvaluateOperator evaluate: Append(evaluate); break;
            case InvokeOperator invoke: Append("invoke "); Append(invoke.Call); break;
            case AsOperator named: AppendHead("as", named.Parameters); Append(named.Name); break;
            case RenderOperator render: Append($"render {render.Kind}"); AppendWith(render.Properties); break;
            default: return false;
        }

        return true;
    }

    /// <summary>Appends an operator's name and its parameters, with a space behind.</summary>
    private void AppendHead(string name, IReadOnlyList<OperatorParameter> parameters)
    {
        Append(name).Append(" ");
        foreach (var parameter in parameters)
        {
            Append(parameter);
            Append(" ");
        }
    }

    private void Append(OperatorParameter parameter) => Append(parameter.Name.Text).Append("=").Append(parameter.Value);

    private void AppendWith(IReadOnlyList<OperatorParameter> options)
    {
        if (options.Count == 0)
            return;
        Append(" with (");
        AppendList(options, Append);
        Append(")");
    }

    private void AppendColumns(string head, IReadOnlyList<NamedExpression> columns)
    {
        Append(head);
        AppendList(columns, Append);
    }

    private void Append(NamedExpression named)
    {
        if (named.Names.Count == 1)
        {
            Append(named.Names[0]).Append(" = ");
        }
        else if (named.Names.Count > 1)
        {
            Append("(");
            AppendList(named.Names, name => Append(name));
            Append(") = ");
        }

        Append(named.Expression);
    }

    private void Append(ColumnPattern pattern)
    {
        if (pattern.HasWildcard && IsPlain($"_{pattern.Pattern.Replace('*', '_')}"))
            Append(pattern.Pattern);
        else
            Append(new NameSyntax(pattern.Span, pattern.Pattern));
    }

    private void Append(OrderingSyntax ordering)
    {
        Append(ordering.Expression);
        if (ordering.Descending is { } descending)
            Append(ordering.Granny ? " granny-" : " ").Append(descending ? "desc" : "asc");
        if (ordering.NullsFirst is { } first)
            Append(first ? " nulls first" : " nulls last");
    }

    private void Append(TopHittersOperator top)
    {
        Append("top-hitters ").Append(top.Count).Append(" of ");
        Append(top.Of);
        if (top.By is { } by)
            Append(" by ").Append(by);
    }

    private void Append(TopNestedLevel level)
    {
        if (level.Count is { } count)
            Append(count).Append(" ");
        Append("of ");
        Append(level.Of);
        if (level.Others is { } others)
            Append(" with others = ").Append(others);
        Append(" by ");
        Append(level.By);
        if (level.Descending is { } descending)
            Append(descending ? " desc" : " asc");
    }

    private void Append(JoinOperator join)
    {
        AppendHead(join.IsLookup ? "lookup" : "join", join.Parameters);
        Append(join.Right).Append(" on ");
        AppendList(join.Conditions, condition => Append(condition));
    }

    private void Append(RangeOperator range) => Append("range ").Append(range.Name).Append(" from ").Append(range.From)
        .Append(" to ").Append(range.To).Append(" step ").Append(range.Step);

    private void AppendIn(IReadOnlyList<ExpressionSyntax>? tables)
    {
        if (tables is null)
            return;
        Append("in (");
        AppendList(tables, table => Append(table));
        Append(") ");
    }

    private void Append(FindOperator find)
    {
        AppendHead("find", find.Parameters);
        AppendIn(find.Tables);
        Append("where ").Append(find.Predicate);
        if (find.ProjectSmart)
            Append(" project-smart");
        if (find.Project is null)
            return;
        Append(" project ");
        AppendList(find.Project, column =>
        {
            if (column is ColumnDeclaration typed)
                Append(typed);
            else
                Append((ExpressionSyntax)column);
        });
    }

    private void Append(SummarizeOperator summarize)
    {
        AppendHead("summarize", summarize.Parameters);
        AppendList(summarize.Aggregates, Append);
        if (summarize.HasBy)
            AppendColumns(summarize.Aggregates.Count > 0 ? " by " : "by ", summarize.Groups);
    }

    private void Append(EvaluateOperator evaluate)
    {
        AppendHead("evaluate", evaluate.Parameters);
        Append(evaluate.Call);
        if (evaluate.Schema is not { } schema)
            return;
        Append(" : ");
        AppendSchema(schema, evaluate.SchemaStar);
    }
}
