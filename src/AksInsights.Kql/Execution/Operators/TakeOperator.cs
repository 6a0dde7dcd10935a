using AksInsights.Kql.Binding;
using AksInsights.Kql.Execution.Expressions;

namespace AksInsights.Kql.Execution.Operators;

/// <summary>take keeps the first rows and stops reading; sample keeps a random choice.</summary>
internal static class TakeOperator
{
    public static Relation Execute(BoundTake node, RunContext context)
    {
        var count = (int)Math.Clamp((long)(EvaluatorFactory.Constant(node.Count, context) ?? 0L), 0, int.MaxValue);
        if (node.Sample) return Sample(Executor.Execute(node.Input, context), count);
        var pipeline = Pipeline.Create(node.Input, context);
        if (!pipeline.HasSteps) return First(pipeline.Source, count);
        var chunks = new List<Chunk>();
        var rows = 0;
        pipeline.RunInOrder(chunk =>
        {
            if (chunk.Length > 0) chunks.Add(chunk);
            rows += chunk.Length;
            return rows < count;
        });
        return First(Executor.Assemble(pipeline.Layout.Columns, chunks, context), count);
    }

    private static Relation First(Relation rows, int count) => rows.RowCount <= count
        ? rows
        : new Relation(rows.Columns, Array.ConvertAll(rows.Cells, c => c.Length == count ? c : new Cells(c.Dense.Slice(0, count))), count);

    private static Relation Sample(Relation rows, int count)
    {
        if (rows.RowCount <= count) return rows;
        var all = Enumerable.Range(0, rows.RowCount).ToArray();
        for (var i = 0; i < count; i++)
        {
            var other = Random.Shared.Next(i, all.Length);
            (all[i], all[other]) = (all[other], all[i]);
        }

        return rows.Select(all[..count]);
    }
}
