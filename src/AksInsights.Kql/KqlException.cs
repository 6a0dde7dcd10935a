using AksInsights.Kql.Diagnostics;

namespace AksInsights.Kql;

/// <summary>Why a query could not be bound or finished.</summary>
public enum KqlFailure
{
    /// <summary>The text has errors; see the diagnostics.</summary>
    BadQuery,

    /// <summary>A value that only the run knows makes no sense, such as a step of zero.</summary>
    BadArgument,

    /// <summary>The memory budget does not suffice.</summary>
    MemoryExceeded,

    /// <summary>An operator would give more rows than it can hold.</summary>
    RowsExceeded,

    /// <summary>A table could not be read.</summary>
    SourceFailed,
}

/// <summary>A query that cannot be bound or finished. Mistakes in the text are in <see cref="Diagnostics"/>.</summary>
public sealed class KqlException : Exception
{
    /// <summary>A failure of a kind.</summary>
    public KqlException(KqlFailure failure, string message, Exception? cause = null)
        : base(message, cause) => Failure = failure;

    /// <summary>A query with errors in its text.</summary>
    public KqlException(IReadOnlyList<Diagnostic> diagnostics)
        : this(KqlFailure.BadQuery, diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error)?.Message ?? "The query has errors.") =>
        Diagnostics = diagnostics;

    /// <summary>What kind of failure it is.</summary>
    public KqlFailure Failure { get; }

    /// <summary>The mistakes in the text; empty for failures of a run.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = [];

    internal static KqlException MemoryExceeded(long neededBytes, long limitBytes) => new(
        KqlFailure.MemoryExceeded,
        $"The query needs more than {neededBytes / 1048576} MiB; the limit is {limitBytes / 1048576} MiB. Narrow the time range, aggregate earlier, or raise the limit.");

    internal static KqlException RowsExceeded(long rows, long limit) => new(
        KqlFailure.RowsExceeded, $"An operator of the query gives {rows} rows or more; the limit is {limit}. Narrow the time range or filter earlier.");

    internal static KqlException BadArgument(string message) => new(KqlFailure.BadArgument, message);
}
