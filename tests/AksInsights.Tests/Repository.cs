namespace AksInsights.Tests;

/// <summary>Finds files of the repository that the tests run in.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "AksInsights.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
