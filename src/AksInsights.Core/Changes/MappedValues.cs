using System.Globalization;
using AksInsights.Core.Changes.Manifests;
using AksInsights.Core.Changes.Manifests.Helm;
using AksInsights.Core.Changes.Yaml;
using AksInsights.Core.Queries;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes;

/// <summary>Amounts at a place that the repository's map names: a file and a path in it.</summary>
internal static class MappedValues
{
    /// <summary>The place; null, with the reasons, when the file or the path is not there.</summary>
    public static ContainerDeclaration? Find(MappedWorkload mapped, SoughtContainer sought, out IReadOnlyList<FileDiagnostic> reasons)
    {
        var file = sought.Inventory.Folder.Find(mapped.File);
        var report = file?.NewReport() ?? new ManifestReport(new SourceText("", RepositoryFiles.MapName));
        reasons = report.Found;
        if (file is null)
        {
            report.MapWrong(mapped.File, "there is no such file");
            return null;
        }

        if (file.Documents.Count == 0)
        {
            reasons = file.Objections;
            return null;
        }

        foreach (var document in file.Documents)
        {
            if (Follow(document, mapped.Path!) is not { } found) continue;
            var place = new AmountPlace { File = file, Document = found.Document, Cells = AmountPlace.CellsOf(found.Owner, found.Key), Users = [file.Path], CanAdd = true };
            var deployed = new DeployedObject { Environment = file.Folder, Kind = null, Name = file.Path, Namespace = null, Layers = [] };
            return new ContainerDeclaration { Object = deployed, Format = new HelmValuesFile(), Places = [place], Where = $"{file.Path} ({mapped.Path})", IsNamed = true };
        }

        report.MapWrong(mapped.File, $"it has no mapping for `{mapped.Path}` to stand in");
        return null;
    }

    /// <summary>Goes along a path such as <c>spec.values.web[0].resources</c>, into blocks of YAML too; the last key need not be there.</summary>
    private static (SourceDocument Document, SourceMap Owner, string Key)? Follow(SourceDocument document, string path)
    {
        var steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);
        SourceNode? at = document.Root;
        foreach (var step in steps[..^1])
        {
            if (at is SourceScalar block && EmbeddedText.Read(document, block, out _) is [var inner]) (document, at) = (inner, inner.Root);
            at = step[0] == '[' ? Item(at, step) : (at as SourceMap)?[step];
        }

        if (at is SourceScalar text && EmbeddedText.Read(document, text, out _) is [var last]) (document, at) = (last, last.Root);
        return at is SourceMap owner && steps[^1][0] != '[' ? (document, owner, steps[^1]) : null;
    }

    private static SourceNode? Item(SourceNode? at, string step) =>
        at is SourceList list && int.TryParse(step.Trim('[', ']'), CultureInfo.InvariantCulture, out var index) ? list.Items.ElementAtOrDefault(index) : null;
}
