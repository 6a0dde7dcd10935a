namespace AksInsights.Core.Changes.Manifests;

/// <summary>The YAML files of a repository, by path. Immutable.</summary>
internal sealed class ManifestFolder
{
    private readonly Dictionary<string, ManifestFile> _files;

    /// <summary>Takes files.</summary>
    public ManifestFolder(IEnumerable<ManifestFile> files) => _files = files.ToDictionary(f => f.Path, StringComparer.Ordinal);

    /// <summary>The files, in the order of their paths.</summary>
    public IEnumerable<ManifestFile> Files => _files.Values.OrderBy(f => f.Path, StringComparer.Ordinal);

    /// <summary>A file; null when it is not there.</summary>
    public ManifestFile? Find(string path) => _files.GetValueOrDefault(path);

    /// <summary>A path that is written in a file of a folder, as a path of the repository; null for a remote one or one that leads out of it.</summary>
    public static string? Resolve(string folder, string written)
    {
        if (written.Length == 0 || written.Contains("://", StringComparison.Ordinal) || written.Contains('?', StringComparison.Ordinal)) return null;
        var parts = new List<string>();
        foreach (var part in $"{(written[0] == '/' ? "" : folder)}/{written}".Split('/').Where(p => p is not ("" or ".")))
        {
            if (part != "..") parts.Add(part);
            else if (parts.Count == 0) return null;
            else parts.RemoveAt(parts.Count - 1);
        }

        return string.Join('/', parts);
    }
}
