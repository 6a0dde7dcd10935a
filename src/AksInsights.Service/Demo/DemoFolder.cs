using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Dashboards;
using AksInsights.Core.Queries;
using AksInsights.Service.Commands;

namespace AksInsights.Service.Demo;

/// <summary>The folder that a demo leaves behind, for looking at with other programs. What an earlier demo left there is written over; other files are not touched.</summary>
internal sealed class DemoFolder
{
    /// <summary>The name of the store's file.</summary>
    public const string StoreName = "demo.db";

    private DemoFolder(DirectoryInfo folder) => Folder = folder;

    /// <summary>The folder.</summary>
    public DirectoryInfo Folder { get; }

    /// <summary>What the folder is called from where the program runs.</summary>
    public string Name => Path.GetRelativePath(Directory.GetCurrentDirectory(), Folder.FullName) is var near && near.StartsWith("..", StringComparison.Ordinal) ? Folder.FullName : near;

    /// <summary>The file of the store.</summary>
    public string StorePath => PathOf(StoreName);

    /// <summary>Makes the folder and sees that files can be written there.</summary>
    /// <exception cref="IOException">It cannot be made, or nothing can be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not.</exception>
    public static DemoFolder Make(string path)
    {
        var folder = new DemoFolder(Directory.CreateDirectory(path));
        foreach (var left in new[] { "", "-wal", "-shm" }) File.Delete(folder.StorePath + left);
        File.WriteAllText(folder.StorePath, "");
        File.Delete(folder.StorePath);
        return folder;
    }

    /// <summary>Keeps the store of the demo, for the web page and other commands.</summary>
    public async Task KeepAsync(SqlFindingStore store, TimeProvider time, CancellationToken cancellation)
    {
        var copy = PathOf("demo.db.new");
        File.Delete(copy);
        await StoreBackup.WriteAsync(store, copy, time, cancellation).ConfigureAwait(false);
        File.Move(copy, StorePath, overwrite: true);
    }

    /// <summary>Writes the digest as Markdown and as a mail.</summary>
    public void Write(AlertDocument digest)
    {
        File.WriteAllText(PathOf("digest.md"), MarkdownText.Write(digest));
        File.WriteAllText(PathOf("digest.html"), MailHtml.Write(digest));
    }

    /// <summary>Writes the recommendations for people and for programs.</summary>
    public void Write(AdviceView advice)
    {
        Into("recommendations.html", to => AdviceHtml.Write([advice], to));
        Into("recommendations.md", to => AdviceFiles.WriteMarkdown(advice, to));
        Into("recommendations.json", to => AdviceFiles.WriteJson(advice, to));
    }

    /// <summary>Writes the dashboards that read this folder's store, and those on live data.</summary>
    /// <returns>How many.</returns>
    public int Write(QueryLibrary library)
    {
        var count = 0;
        foreach (var flavour in (DashboardFlavour[])[DashboardFlavour.Sqlite, DashboardFlavour.Azure])
        {
            var folder = Folder.CreateSubdirectory("dashboards").CreateSubdirectory(DashboardsCommand.FolderOf(flavour));
            foreach (var dashboard in DashboardSet.Of(flavour, library))
            {
                File.WriteAllText(Path.Combine(folder.FullName, dashboard.FileName), dashboard.Text());
                count++;
            }
        }

        return count;
    }

    private void Into(string name, Action<TextWriter> write)
    {
        using var to = new StreamWriter(PathOf(name));
        write(to);
    }

    private string PathOf(string name) => Path.Combine(Folder.FullName, name);
}
