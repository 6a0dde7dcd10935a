namespace AksInsights.Kql.Tests;

/// <summary>The pages of docs/ that tests read.</summary>
internal static class Documentation
{
    /// <summary>The path of a page.</summary>
    public static string PathOf(string page)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AksInsights.sln"))) folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The tests do not run below the repository."), "docs", page);
    }
}
