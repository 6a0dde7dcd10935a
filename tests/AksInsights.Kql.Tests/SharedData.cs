using System.Text.Json;

namespace AksInsights.Kql.Tests;

/// <summary>Query collections that are not part of the repository; tests that need them are skipped where they are absent.</summary>
internal static class SharedData
{
    private static readonly string? Folder = Find();

    /// <summary>The path of a file; null when the collections are absent.</summary>
    public static string? PathOf(string name) => Folder is { } folder && File.Exists(Path.Combine(folder, name))
        ? Path.Combine(folder, name)
        : null;

    /// <summary>The queries of a file with one JSON object a line, with their ids.</summary>
    public static IEnumerable<(string Id, string Query)> Queries(string name, string property)
    {
        foreach (var line in File.ReadLines(PathOf(name)!))
        {
            using var json = JsonDocument.Parse(line);
            yield return (json.RootElement.GetProperty("id").GetString()!, json.RootElement.GetProperty(property).GetString()!);
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("AKSINSIGHTS_SHARED_DATA") is { Length: > 0 } named)
            return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
                return candidate;
        }

        return null;
    }
}

/// <summary>A test that reads a file of <see cref="SharedData"/>; skipped, with the file's name, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(params string[] files)
    {
        if (files.FirstOrDefault(f => SharedData.PathOf(f) is null) is { } missing)
            Skip = $"The file {missing} is not here (AKSINSIGHTS_SHARED_DATA, or a folder shared/data above).";
    }
}
