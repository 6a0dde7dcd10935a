using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Execution.Operators;

namespace AksInsights.Kql.Execution;

/// <summary>A step that turns one chunk into another. One instance per worker.</summary>
internal abstract class ChunkStep
{
    /// <summary>The rows that go on; a chunk of length 0 when none does.</summary>
    public abstract Chunk Apply(Chunk chunk);
}

/// <summary>
/// A materialised source, the steps that follow it, and the layout of what comes out. Workers take chunks of the source in turn; each has steps of its own.
/// </summary>
internal sealed class Pipeline
{
    private readonly Relation _source;
    private readonly IReadOnlyList<Func<ChunkBuffers?, ChunkStep>> _steps;
    private readonly RunContext _context;

    private Pipeline(Relation source, IReadOnlyList<Func<ChunkBuffers?, ChunkStep>> steps, Layout layout, RunContext context)
    {
        _source = source;
        _steps = steps;
        Layout = layout;
        _context = context;
    }

    public Layout Layout { get; }

    public Relation Source => _source;

    public bool HasSteps => _steps.Count > 0;

    private int ChunkCount => (_source.RowCount + RunContext.ChunkRows - 1) / RunContext.ChunkRows;

    /// <summary>Collects the streaming operators above the nearest row set.</summary>
    public static Pipeline Create(BoundTabular node, RunContext context)
    {
        var chain = new Stack<BoundTabular>();
        while (node is BoundFilter or BoundProject or BoundMvExpand { Limit: null })
        {
            chain.Push(node);
            node = node.Inputs[0];
        }

        var source = Executor.Execute(node, context);
        var layout = new Layout(source.Columns);
        var steps = new List<Func<ChunkBuffers?, ChunkStep>>();
        while (chain.TryPop(out var step))
        {
            if (step is BoundFilter filter)
            {
                steps.Add(FilterFactory(filter, chain, layout, context));
                continue;
            }

            if (steps.Count == 0 && step is BoundProject { Assignments.Count: 0 })
            {
                source = source.Project(step.Output);
                layout = new Layout(source.Columns);
                continue;
            }

            steps.Add(StepFactory(step, layout, context));
            layout = new Layout(step.Output);
        }

        return new Pipeline(source, steps, layout, context);
    }

    /// <summary>Runs all chunks on one or more workers.</summary>
    /// <param name="makeSink">Makes a worker's sink; called once per worker. Given the worker's buffers, if chunks do not outlast the call that adds them.</param>
    /// <param name="add">Gives a worker's sink a chunk with its position in the source and the first source row.</param>
    /// <param name="isOrdered">True to give each worker one run of the rows, in order, so that the sinks one after the other saw the rows in order.</param>
    /// <param name="keepsChunks">True when sinks keep the chunks they are given, false when the columns of a chunk may be overwritten after it was added.</param>
    public IReadOnlyList<TSink> Run<TSink>(
        Func<ChunkBuffers?, TSink> makeSink, Action<TSink, Chunk, int, int> add, bool isOrdered = false, bool keepsChunks = true)
    {
        var workers = Math.Max(1, Math.Min(_context.Run.Parallelism, ChunkCount / 2));
        var sinks = new TSink[workers];
        var next = -1;
        void Work(int worker)
        {
            var buffers = keepsChunks ? null : new ChunkBuffers();
            sinks[worker] = makeSink(buffers);
            var steps = _steps.Select(make => make(buffers)).ToArray();
            var end = isOrdered ? (int)((long)ChunkCount * (worker + 1) / workers) : ChunkCount;
            var own = (int)((long)ChunkCount * worker / workers) - 1;
            int Next() => isOrdered ? ++own : Interlocked.Increment(ref next);
            for (var position = Next(); position < end; position = Next())
            {
                _context.Cancellation.ThrowIfCancellationRequested();
                add(sinks[worker], Process(position, steps), position, position * RunContext.ChunkRows);
                buffers?.Recycle();
            }
        }

        if (workers == 1) Work(0);
        else RunParallel(workers, Work);
        return sinks;
    }

    /// <summary>Runs chunks in order on this thread until told to stop.</summary>
    public void RunInOrder(Func<Chunk, bool> goOn)
    {
        var steps = _steps.Select(make => make(null)).ToArray();
        for (var position = 0; position < ChunkCount; position++)
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            if (!goOn(Process(position, steps))) return;
        }
    }

    private static void RunParallel(int workers, Action<int> work)
    {
        try
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, work);
        }
        catch (AggregateException e)
        {
            // The first failure is the query's; the other workers fail for the same reason.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e.Flatten().InnerExceptions[0]).Throw();
        }
    }

    private static Func<ChunkBuffers?, ChunkStep> FilterFactory(BoundFilter filter, Stack<BoundTabular> rest, Layout layout, RunContext context)
    {
        var predicates = new List<BoundScalar> { filter.Predicate };
        while (rest.TryPeek(out var next) && next is BoundFilter another)
        {
            predicates.Add(another.Predicate);
            rest.Pop();
        }

        return buffers => new FilterStep(predicates, layout, context, buffers);
    }

    private static Func<ChunkBuffers?, ChunkStep> StepFactory(BoundTabular step, Layout layout, RunContext context) => step switch
    {
        BoundProject project => buffers => new ProjectStep(project, layout, context, buffers),
        BoundMvExpand expand => _ => new MvExpandStep(expand, layout, context),
        _ => throw new InvalidOperationException($"{step.Name} is not a streaming operator."),
    };

    private Chunk Process(int position, ChunkStep[] steps)
    {
        var start = position * RunContext.ChunkRows;
        var length = Math.Min(RunContext.ChunkRows, _source.RowCount - start);
        var chunk = new Chunk(Array.ConvertAll(_source.Cells, c => c.Slice(start, length)), length);
        foreach (var step in steps)
        {
            if (chunk.Length == 0) break;
            chunk = step.Apply(chunk);
        }

        return chunk;
    }
}
