using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions;

/// <summary>Computes a call for many rows at once. Stateless: one kernel serves all queries; what a call wants to keep goes into its <see cref="CallSite"/>.</summary>
public abstract class ScalarKernel
{
    /// <summary>The result for rows 0 to <paramref name="length"/> - 1.</summary>
    /// <param name="site">The call, with its result type, the query's clock and a place to cache.</param>
    /// <param name="arguments">The arguments, each <paramref name="length"/> rows long, of the types the signature converts to.</param>
    /// <param name="length">The number of rows; at least 1. For a window function all rows of the partition at once.</param>
    /// <returns>A column of <paramref name="length"/> rows of the site's result type.</returns>
    public abstract Column Evaluate(CallSite site, Column[] arguments, int length);
}

/// <summary>One call in one query on one worker thread: never shared between threads.</summary>
public sealed class CallSite
{
    /// <summary>Makes a site.</summary>
    public CallSite(KqlType resultType, long nowTicks, CancellationToken cancellation)
    {
        ResultType = resultType;
        NowTicks = nowTicks;
        Cancellation = cancellation;
    }

    /// <summary>The type the binder gave the call.</summary>
    public KqlType ResultType { get; }

    /// <summary>The query's <c>now()</c>, the same for the whole query.</summary>
    public long NowTicks { get; }

    /// <summary>Asked between rows by kernels whose work per row is not small.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>A site for a part of the call.</summary>
    internal CallSite ForResult(KqlType type) => new(type, NowTicks, Cancellation) { Buffers = Buffers };

    /// <summary>Where columns that need only last for one chunk are made; null: for good.</summary>
    internal ChunkBuffers? Buffers { get; init; }

    /// <summary>Whatever the kernel wants to keep between chunks, such as what it computed per distinct value.</summary>
    public object? Cache { get; set; }
}

/// <summary>A value that may be missing: what a function gives for one row.</summary>
/// <param name="Value">The value; <c>default</c> when missing.</param>
/// <param name="HasValue">False for null.</param>
public readonly record struct Maybe<T>(T Value, bool HasValue)
{
    /// <summary>Null.</summary>
    public static Maybe<T> Null => default;

    /// <summary>A value.</summary>
    public static implicit operator Maybe<T>(T value) => new(value, true);
}
