using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Service.Commands;
using AksInsights.Tests;
using AksInsights.Tests.Storage;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.IntegrationTests.Storage;

/// <summary>A store on a disk that is really full or read-only: it is said, and nothing that was saved is lost.</summary>
[Needs(NeedsAttribute.Root)]
public sealed class SqliteDiskTests : IDisposable
{
    private const int ManyFindings = 800;
    private readonly SmallDisk _disk = new(mebibytes: 4);

    private string File => Path.Combine(_disk.Path, "store.db");

    public void Dispose() => _disk.Dispose();

    [Fact]
    public async Task AFullDiskLosesNothingAndWorkGoesOnWhenThereIsRoom()
    {
        var filler = Path.Combine(_disk.Path, "filler");
        await System.IO.File.WriteAllBytesAsync(filler, new byte[1 << 20]);
        await using var store = await SqlFindingStore.OpenFileAsync(File, TimeProvider.System, default);
        var saved = await SaveUntilFullAsync(store);
        Assert.True(saved > 0, "The disk was too small for one evaluation.");
        await AssertHoldsAsync(store, saved);
        System.IO.File.Delete(filler);
        await StoreActions.SaveAsync(store, saved, [Open()]);
        await AssertHoldsAsync(store, saved + 1);
    }

    [Fact]
    public async Task ACommandOnAFullDiskSaysSoAndEndsWithThree()
    {
        await using (await SqlFindingStore.OpenFileAsync(File, TimeProvider.System, default))
        {
        }

        Fill();
        var (exit, error) = await ScanAsync();
        Assert.Equal(ExitCode.Impossible, exit);
        Assert.True(error.Contains("the disk is full", StringComparison.Ordinal), error);
    }

    [Fact]
    public async Task AReadOnlyDiskIsSaidAndLosesNothing()
    {
        await using (var store = await SqlFindingStore.OpenFileAsync(File, TimeProvider.System, default)) await StoreActions.SaveAsync(store, 0, [Open()]);
        _disk.MakeReadOnly();
        var (exit, error) = await ScanAsync();
        Assert.Equal(ExitCode.Impossible, exit);
        Assert.Contains("may write there", error, StringComparison.Ordinal);
    }

    private static async Task<int> SaveUntilFullAsync(SqlFindingStore store)
    {
        for (var minute = 0; ; minute++)
        {
            try
            {
                var findings = Enumerable.Range(0, ManyFindings).Select(i => Open(workload: $"w{minute}-{i}")).ToArray();
                await StoreActions.SaveAsync(store, minute, findings);
            }
            catch (StoreException error) when (error.Failure == StoreFailure.Full)
            {
                return minute;
            }
        }
    }

    private static async Task AssertHoldsAsync(SqlFindingStore store, int evaluations)
    {
        for (var minute = 0; minute < evaluations; minute++)
            Assert.NotNull(await store.FindEvaluationAsync(new EvaluationId(Workspace, Query, Minute(minute)), default));
        Assert.Null(await store.FindEvaluationAsync(new EvaluationId(Workspace, Query, Minute(evaluations)), default));
        var findings = await store.CountAsync(new FindingFilter(), default);
        Assert.InRange(findings.Values.Sum(), ((evaluations - 1) * ManyFindings) + 1, evaluations * ManyFindings);
    }

    private void Fill()
    {
        using var filler = System.IO.File.Create(Path.Combine(_disk.Path, "filler"));
        try
        {
            while (true) filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Now it is full.
        }
    }

    private async Task<(int Exit, string Error)> ScanAsync()
    {
        using var error = new StringWriter();
        using var result = new StringWriter();
        var io = new CommandIo(TextReader.Null, result, error, false, null, TimeProvider.System);
        string[] arguments = ["scan", "--workspace", Repository.Path("samples", "workspace-demo"), "--queries", Repository.Path("queries"), "--query", "pods/crash-loop", "--store", File];
        return (await CommandLineTable.RunAsync(arguments, io, default), error.ToString());
    }
}
