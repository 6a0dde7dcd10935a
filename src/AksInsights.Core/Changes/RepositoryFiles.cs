using System.IO.Enumeration;

namespace AksInsights.Core.Changes;

/// <summary>The YAML and JSON files of a repository with their bytes, as they are in one commit or folder. Immutable.</summary>
public sealed class RepositoryFiles
{
    /// <summary>The name of the file, at the top of a repository, that says what cannot be found out.</summary>
    public const string MapName = ".aksinsights.yaml";

    private const int MaxBytes = 4 << 20;

    private static readonly string[] SkippedFolders = [".git", "node_modules", ".terraform", "vendor"];

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _files;

    /// <summary>Takes files.</summary>
    /// <param name="files">Paths from the top of the repository, with forward slashes, and what is in them.</param>
    public RepositoryFiles(IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> files) => _files = new(files, StringComparer.Ordinal);

    /// <summary>The paths, in order.</summary>
    public IEnumerable<string> Paths => _files.Keys.Order(StringComparer.Ordinal);

    /// <summary>What is in a file; null when it is not there.</summary>
    public ReadOnlyMemory<byte>? this[string path] => _files.TryGetValue(path, out var bytes) ? (ReadOnlyMemory<byte>?)bytes : null;

    /// <summary>Whether a path can be that of a manifest.</summary>
    public static bool IsManifest(string path) =>
        path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || path == "Kustomization" || path.EndsWith("/Kustomization", StringComparison.Ordinal);

    /// <summary>Whether a file is looked at: a manifest by its name, no bigger than 4 MiB, and not in a folder of dependencies.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="size">Its size in bytes.</param>
    public static bool Takes(string path, long size) => size <= MaxBytes && IsManifest(path) && !path.Split('/').SkipLast(1).Any(SkippedFolders.Contains);

    /// <summary>The same files with one replaced, added, or (null) taken out.</summary>
    public RepositoryFiles With(string path, ReadOnlyMemory<byte>? bytes)
    {
        var files = new Dictionary<string, ReadOnlyMemory<byte>>(_files, StringComparer.Ordinal);
        files.Remove(path);
        if (bytes is { } some) files[path] = some;
        return new RepositoryFiles(files);
    }

    /// <summary>Reads the manifests below a folder. Links are not followed; files above 4 MiB and folders of dependencies are left out.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="prefix">What its paths begin with in the repository: empty, or a folder and a slash.</param>
    /// <exception cref="IOException">A file or folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file or folder must not be read.</exception>
    public static RepositoryFiles Read(string folder, string prefix = "")
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        var found = new FileSystemEnumerable<string>(folder, (ref entry) => entry.ToFullPath(), options)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && entry.Length <= MaxBytes && IsManifest(entry.FileName.ToString()),
            ShouldRecursePredicate = (ref entry) => !SkippedFolders.Contains(entry.FileName.ToString()),
        };
        return new RepositoryFiles(found.Select(path => new KeyValuePair<string, ReadOnlyMemory<byte>>(
            prefix + Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllBytes(path))).ToList());
    }
}
