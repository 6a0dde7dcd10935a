using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution;

/// <summary>What one run of a query shares: clock, limits, and what is computed once.</summary>
internal sealed class RunContext(ITableProvider tables, KqlRun run, CancellationToken cancellation)
{
    /// <summary>Rows per chunk: arrays of 8-byte values stay below the large-object threshold.</summary>
    public const int ChunkRows = 8192;

    public ITableProvider Tables { get; } = tables;

    public KqlRun Run { get; } = run;

    public long NowTicks { get; } = run.NowUtc.Ticks;

    public CancellationToken Cancellation { get; } = cancellation;

    public MemoryBudget Memory { get; } = new(run.MaxMemoryBytes);

    public Dictionary<SharedTable, Relation> Shared { get; } = [];

    public Dictionary<InputSlot, Relation> Inputs { get; } = [];

    public Dictionary<BoundTabular, object?> Subqueries { get; } = new(ReferenceEqualityComparer.Instance);

    public CallSite Site(KqlType type, ChunkBuffers? buffers = null) => new(type, NowTicks, Cancellation) { Buffers = buffers };
}

/// <summary>The memory a query may hold. Operators reserve before they allocate, so that a query is refused instead of the process being killed.</summary>
internal sealed class MemoryBudget(long limitBytes)
{
    private long _reserved;

    /// <summary>Reserves memory for the rest of the run.</summary>
    /// <exception cref="KqlException">The budget does not allow it.</exception>
    public void Reserve(long bytes)
    {
        if (Interlocked.Add(ref _reserved, bytes) <= limitBytes) return;
        throw KqlException.MemoryExceeded(Interlocked.Read(ref _reserved), limitBytes);
    }

    /// <summary>Gives reserved memory back.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _reserved, -bytes);
}
