using AksInsights.Core.Changes;
using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Service.Web.Recommendations;

/// <summary>What a recommendation would change in the manifests that <c>Service:Manifests</c> names; the same as <c>propose</c> would write as a diff.</summary>
/// <param name="Lines">The diff as git writes it: a sign and the whole line; empty when nothing is changed there.</param>
/// <param name="Said">Why nothing is changed, in full sentences; empty when something is.</param>
public sealed record ManifestPreview(IReadOnlyList<(char Sign, string Text)> Lines, IReadOnlyList<string> Said)
{
    /// <summary>Looks for the container in the files as they are now. Cost: each manifest of the folder is read once.</summary>
    /// <param name="folder">The folder of the manifests.</param>
    /// <param name="recommendation">What is recommended.</param>
    public static ManifestPreview Of(string folder, Recommendation recommendation)
    {
        RepositoryFiles files;
        try
        {
            files = RepositoryFiles.Read(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new ManifestPreview([], [$"The manifests cannot be read: {failure.Message}"]);
        }

        var map = RepositoryMap.In(files, out var mistakes);
        return mistakes.Count > 0
            ? new ManifestPreview([], [.. mistakes.Select(Text)])
            : Of(new ChangePlanner(files, map).Plan([recommendation], ChangeGrouping.All));
    }

    private static ManifestPreview Of(ChangePlan plan)
    {
        if (plan.Refused.Count > 0) return new ManifestPreview([], [.. plan.Refused.SelectMany(refused => refused.Reasons).Select(Text)]);
        if (plan.Ignored.Count > 0) return new ManifestPreview([], [$"{RepositoryFiles.MapName} says that it is to be left alone."]);
        if (plan.Sets.Count == 0) return new ManifestPreview([], ["The manifests say this already; it only has to be rolled out."]);
        return new ManifestPreview([.. plan.Sets.SelectMany(set => set.Files).SelectMany(file => UnifiedDiff.Write(file).TrimEnd('\n').Split('\n')).Select(Signed)], []);
    }

    // The names of the files are neither taken out nor put in.
    private static (char Sign, string Text) Signed(string line)
    {
        var sign = line.StartsWith("---", StringComparison.Ordinal) || line.StartsWith("+++", StringComparison.Ordinal) || line.Length == 0 ? ' ' : line[0];
        return (sign, line.TrimEnd('\r'));
    }

    private static string Text(FileDiagnostic reason) => string.Join(' ', new[] { reason.Diagnostic.Message, reason.Diagnostic.Help }.Where(part => part is not null));
}
