using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

public sealed partial class SyntaxPrinter
{
    private bool AppendShapeOperator(OperatorSyntax @operator)
    {
        switch (@operator)
        {
            case MvExpandOperator expand: Append(expand); break;
            case MvApplyOperator apply: Append(apply); break;
            case MakeSeriesOperator series: Append(series); break;
            case ParseOperator parse: Append(parse); break;
            case ParseKvOperator parse: Append(parse); break;
            case PartitionOperator partition: Append(partition); break;
            case ForkOperator fork: Append(fork); break;
            case FacetOperator facet: Append(facet); break;
            case ReduceOperator reduce: Append(reduce); break;
            case ScanOperator scan: Append(scan); break;
            default: return false;
        }

        return true;
    }

    private void Append(MvExpandOperator expand)
    {
        AppendHead("mv-expand", expand.Parameters);
        AppendList(expand.Columns, Append);
        AppendLimit(expand.Limit);
    }

    private void Append(MvExpandColumn column)
    {
        Append(column.Column);
        if (column.To is { } type)
            Append($" to typeof({type.Name()})");
    }

    private void AppendLimit(ExpressionSyntax? limit)
    {
        if (limit is not null)
            Append(" limit ").Append(limit);
    }

    private void Append(MvApplyOperator apply)
    {
        AppendHead("mv-apply", [.. apply.Parameters.Where(p => p.Name.Text != "id")]);
        AppendList(apply.Columns, Append);
        AppendLimit(apply.Limit);
        foreach (var id in apply.Parameters.Where(p => p.Name.Text == "id"))
            Append(" id ").Append(id.Value);
        Append(" on ");
        AppendSubquery(apply.Subquery);
    }

    private void AppendSubquery(ExpressionSyntax subquery) => Append("(").Append(subquery).Append(")");

    private void Append(MakeSeriesOperator series)
    {
        AppendHead("make-series", series.Parameters);
        AppendList(series.Aggregates, aggregate =>
        {
            Append(aggregate.Aggregate);
            if (aggregate.Default is { } value)
                Append(" default=").Append(value);
        });
        Append(" on ");
        Append(series.Axis);
        if (series.InRange)
        {
            Append(" in range(").Append(series.From!).Append(", ").Append(series.To!).Append(", ").Append(series.Step).Append(")");
        }
        else
        {
            if (series.From is { } from)
                Append(" from ").Append(from);
            if (series.To is { } to)
                Append(" to ").Append(to);
            Append(" step ").Append(series.Step);
        }

        if (series.Groups.Count > 0)
            AppendColumns(" by ", series.Groups);
    }

    private void Append(ParseOperator parse)
    {
        AppendHead(parse.Where ? "parse-where" : "parse", parse.Parameters);
        Append(parse.Source).Append(" with ");
        AppendList(parse.Pattern, piece =>
        {
            if (piece.Text is { } text)
                Append(text);
            else if (piece.Column is { } column)
                Append(column);
            else
                Append("*");
        }, " ");
    }

    private void Append(ParseKvOperator parse)
    {
        Append("parse-kv ").Append(parse.Source).Append(" as ");
        AppendSchema(parse.Columns);
        AppendWith(parse.Options);
    }

    private void Append(PartitionOperator partition)
    {
        AppendHead("partition", partition.Parameters);
        Append("by ").Append(partition.By).Append(" ");
        AppendSubquery(partition.Subquery);
    }

    private void Append(ForkOperator fork)
    {
        Append("fork ");
        AppendList(fork.Branches, branch =>
        {
            if (branch.Names.Count > 0)
                Append(branch.Names[0]).Append(" = ");
            AppendSubquery(branch.Expression);
        }, " ");
    }

    private void Append(FacetOperator facet)
    {
        Append("facet by ");
        AppendList(facet.Columns, column => Append(column));
        if (facet.With is not { } with)
            return;
        Append(" with ");
        AppendSubquery(with);
    }

    private void Append(ReduceOperator reduce)
    {
        AppendHead("reduce", reduce.Parameters);
        Append("by ");
        Append(reduce.By);
        AppendWith(reduce.Options);
    }

    private void Append(ScanOperator scan)
    {
        AppendHead("scan", scan.Parameters);
        if (scan.OrderBy.Count > 0)
        {
            Append("order by ");
            AppendList(scan.OrderBy, Append);
            Append(" ");
        }

        if (scan.PartitionBy.Count > 0)
        {
            Append("partition by ");
            AppendList(scan.PartitionBy, key => Append(key));
            Append(" ");
        }

        if (scan.Declarations.Count > 0)
        {
            Append("declare ");
            Append(scan.Declarations);
            Append(" ");
        }

        Append("with (");
        AppendList(scan.Steps, Append, " ");
        Append(")");
    }

    private void Append(ScanStep step)
    {
        Append("step ").Append(step.Name).Append(step.Optional ? " optional" : string.Empty);
        if (step.Output is { } output)
            Append($" output={output}");
        Append(": ").Append(step.Condition);
        if (step.Assignments.Count > 0)
            AppendColumns(" => ", step.Assignments);
        Append(";");
    }
}
