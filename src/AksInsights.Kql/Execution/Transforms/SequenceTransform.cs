using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;

namespace AksInsights.Kql.Execution.Transforms;

/// <summary>sequence_detect: every chain of rows that meets the steps one after the other, with the same dimensions, within the given times.</summary>
/// <param name="output">The time of each step, and how long the whole took.</param>
/// <param name="steps">The number of steps.</param>
/// <remarks>
/// Reads the time, the longest time between two steps and that from the first to the last, the steps' conditions, the dimensions. Each step is later than
/// the one before it.
/// </remarks>
internal sealed class SequenceTransform(IReadOnlyList<ColumnVariable> output, int steps) : IRowTransform
{
    public TransformResult Apply(TransformContext context, int rowCount, Column[] reads)
    {
        var builders = output.Select(c => ColumnBuilder.Create(c.Type)).ToArray();
        var sources = new List<int>();
        if (rowCount > 0)
        {
            if (reads[1].Box(0) is not long between || reads[2].Box(0) is not long whole)
                throw new CallFailedException("The windows of `sequence_detect` must not be null.");
            foreach (var group in Slices(rowCount, reads))
            {
                context.Cancellation.ThrowIfCancellationRequested();
                foreach (var times in Chains(group, between, whole))
                {
                    context.ReserveMemory(8L * (steps + 2));
                    sources.Add(group.FirstRow);
                    for (var i = 0; i < steps; i++) builders[i].AddBoxed(times[i]);
                    builders[steps].AddBoxed(times[^1] - times[0]);
                }
            }
        }

        var computed = new Dictionary<ColumnVariable, Column>();
        for (var i = 0; i < builders.Length; i++) computed[output[i]] = builders[i].Build();
        return new TransformResult(sources.Count, [.. sources], computed);
    }

    private IEnumerable<Slice> Slices(int rowCount, Column[] reads)
    {
        var keys = new GroupKeys(reads[(3 + steps)..].Select(r => r.Type).ToArray());
        var sliceOf = new int[rowCount];
        keys.Encode(reads[(3 + steps)..], sliceOf);
        var times = ((Column<long>)reads[0]).Read();
        var slices = new Slice?[keys.Count];
        for (var step = 0; step < steps; step++)
        {
            var hits = ((Column<bool>)reads[3 + step]).Read();
            for (var row = 0; row < rowCount; row++)
            {
                if (times.IsNull(row) || hits.IsNull(row) || !hits[row]) continue;
                var slice = slices[sliceOf[row]] ??= new Slice(row, steps);
                slice.Times[step].Add(times[row]);
            }
        }

        return slices.OfType<Slice>().Select(slice => slice.Sorted());
    }

    /// <summary>The times of all chains, the earliest first.</summary>
    private static IEnumerable<long[]> Chains(Slice slice, long between, long whole)
    {
        var pending = new Stack<long[]>(slice.Times[0].AsEnumerable().Reverse().Select(t => new[] { t }));
        while (pending.TryPop(out var chain))
        {
            if (chain.Length == slice.Times.Length)
            {
                yield return chain;
                continue;
            }

            var latest = Math.Min(chain[^1] + between, chain[0] + whole);
            foreach (var time in slice.Times[chain.Length].Where(t => t > chain[^1] && t <= latest).Reverse()) pending.Push([.. chain, time]);
        }
    }

    /// <summary>The times of each step's rows in one slice, and a row that has its dimensions.</summary>
    private sealed record Slice(int FirstRow, List<long>[] Times)
    {
        public Slice(int firstRow, int steps)
            : this(firstRow, Enumerable.Range(0, steps).Select(_ => new List<long>()).ToArray())
        {
        }

        public Slice Sorted()
        {
            foreach (var times in Times) times.Sort();
            return this;
        }
    }
}
