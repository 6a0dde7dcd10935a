using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Core.Changes;

/// <summary>Changes of files that belong together: one commit, one pull request.</summary>
/// <param name="Key">What it is about; see <see cref="ChangeNames.KeyOf"/>.</param>
/// <param name="Containers">For which containers, and what of each is changed.</param>
/// <param name="Files">The files with their bytes before and after.</param>
public sealed record ChangeSet(string Key, IReadOnlyList<ContainerChange> Containers, IReadOnlyList<FileChange> Files)
{
    /// <summary>
    /// A hash of what is proposed: it stays the same while the same amounts are proposed for the same containers, wherever in the files they stand.
    /// </summary>
    public string Fingerprint => RevisionHash.Of([
        .. Containers.OrderBy(c => c.Recommendation.Container.ToString(), StringComparer.Ordinal)
            .SelectMany(c => c.Values.Select(v => $"{c.Recommendation.Container} {v.Field} {v.To}")),
    ]);
}

/// <summary>A container of a change.</summary>
/// <param name="Recommendation">What is recommended for it, and why.</param>
/// <param name="Format">In which way the repository declares it.</param>
/// <param name="Values">The amounts that change.</param>
public sealed record ContainerChange(Recommendation Recommendation, string Format, IReadOnlyList<ValueChange> Values);

/// <summary>An amount that changes.</summary>
/// <param name="File">In which file.</param>
/// <param name="Line">On which line of it, before the change; for a file that is new, 1.</param>
/// <param name="Field">Which amount.</param>
/// <param name="From">As it is written; null when it is not.</param>
/// <param name="To">As it will be; null when it goes.</param>
public sealed record ValueChange(string File, int Line, ResourceField Field, string? From, string? To);

/// <summary>A file that changes.</summary>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Before">Its bytes; null when it is new.</param>
/// <param name="After">Its bytes afterwards.</param>
public sealed record FileChange(string Path, ReadOnlyMemory<byte>? Before, ReadOnlyMemory<byte> After);

/// <summary>What comes of recommendations in a repository.</summary>
/// <param name="Sets">The changes, in the order of their keys.</param>
/// <param name="Unchanged">Recommendations that the files follow already.</param>
/// <param name="Ignored">Recommendations for workloads that the repository wants left alone.</param>
/// <param name="Refused">Recommendations that cannot be followed, with the reasons.</param>
public sealed record ChangePlan(
    IReadOnlyList<ChangeSet> Sets, IReadOnlyList<Recommendation> Unchanged, IReadOnlyList<Recommendation> Ignored, IReadOnlyList<RefusedContainer> Refused);

/// <summary>A container that is not changed.</summary>
/// <param name="Recommendation">What was recommended.</param>
/// <param name="Reasons">Why not; at least one.</param>
public sealed record RefusedContainer(Recommendation Recommendation, IReadOnlyList<FileDiagnostic> Reasons);
