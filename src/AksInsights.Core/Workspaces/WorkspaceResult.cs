using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Results;

namespace AksInsights.Core.Workspaces;

/// <summary>How a query went: one of four cases, which every reader tells apart because only the first may ever clear a finding.</summary>
public abstract record WorkspaceResult
{
    private WorkspaceResult()
    {
    }

    /// <summary>The whole answer.</summary>
    /// <param name="Tables">The result tables, the query's own first; at least one.</param>
    /// <param name="Warnings">What may mislead though the answer is whole; full sentences.</param>
    public sealed record Complete(IReadOnlyList<ResultTable> Tables, IReadOnlyList<string> Warnings) : WorkspaceResult;

    /// <summary>Some of the answer: rows that exist, but others may be missing.</summary>
    /// <param name="Tables">The rows that came.</param>
    /// <param name="Reason">Why the rest did not, as a full sentence.</param>
    public sealed record Partial(IReadOnlyList<ResultTable> Tables, string Reason) : WorkspaceResult;

    /// <summary>The workspace answers, but what the query reads was never collected into it.</summary>
    /// <param name="MissingTables">Tables the query names that the workspace does not have; empty when the workspace has none at all.</param>
    /// <param name="Reason">The same as a full sentence.</param>
    public sealed record NoData(IReadOnlyList<string> MissingTables, string Reason) : WorkspaceResult;

    /// <summary>No answer.</summary>
    /// <param name="Kind">What a caller can do about it.</param>
    /// <param name="Reason">What happened and what to do next; no secrets.</param>
    /// <param name="Diagnostics">The mistakes in the query text, for <see cref="FailureKind.BadQuery"/>; places count in the text that was sent.</param>
    /// <param name="RetryAfter">How long to wait before the next attempt, if the workspace said so.</param>
    public sealed record Failed(
        FailureKind Kind, string Reason, IReadOnlyList<Diagnostic> Diagnostics, TimeSpan? RetryAfter = null) : WorkspaceResult;
}

/// <summary>Why a query gave no answer.</summary>
public enum FailureKind
{
    /// <summary>The text is wrong; trying again is useless until somebody changes it.</summary>
    BadQuery,

    /// <summary>Not allowed, or not known who asks.</summary>
    Unauthorised,

    /// <summary>There is no such workspace.</summary>
    NotFound,

    /// <summary>Too many queries at once; wait, then ask again.</summary>
    Throttled,

    /// <summary>It took too long; ask for less at a time.</summary>
    TimedOut,

    /// <summary>The answer or the work for it is larger than allowed; ask for less at a time.</summary>
    TooLarge,

    /// <summary>The recorded rows could not be read.</summary>
    SourceFailed,

    /// <summary>A passing trouble of network or service; the same question may work a little later.</summary>
    Transient,
}
