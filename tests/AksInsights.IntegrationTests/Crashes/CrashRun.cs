using System.Diagnostics;
using System.Globalization;
using AksInsights.Adapters.Storage;
using Dapper;

namespace AksInsights.IntegrationTests.Crashes;

/// <summary>
/// Kills processes that work on a store, over and over at random moments, lets the last ones come to an end, and compares what they left behind with what one
/// process leaves that nobody disturbs: every evaluation, finding, event and message, once.
/// </summary>
internal sealed class CrashRun(StoreAddress store, int replicas, int seed)
{
    // More than any run gets to; the processes are killed or told a smaller number.
    private const string Endless = "1000000";
    private const int LongestMilliseconds = 600;

    /// <summary>Kills as often as it is told to.</summary>
    /// <returns>How many evaluations there were.</returns>
    public async Task<CrashReport> RunAsync(int kills)
    {
        await (await SqlFindingStore.OpenAsync(store, TimeProvider.System, default)).DisposeAsync();
        var random = new Random(seed);
        var workers = Enumerable.Range(0, replicas).Select(_ => Start(Endless)).ToArray();
        for (var kill = 0; kill < kills; kill++)
        {
            var victim = random.Next(replicas);
            // A tenth is killed while it starts, the others at work.
            if (random.Next(10) > 0) await workers[victim].StandardOutput.ReadLineAsync();
            await Task.Delay(random.Next(LongestMilliseconds));
            await EndAsync(workers[victim]);
            workers[victim] = Start(Endless);
        }

        foreach (var worker in workers) await EndAsync(worker);
        var windows = await WindowsAsync() + 3;
        foreach (var worker in Enumerable.Range(0, replicas).Select(_ => Start(windows.ToString(CultureInfo.InvariantCulture))).ToArray())
        {
            await worker.StandardOutput.ReadToEndAsync();
            await worker.WaitForExitAsync();
            Assert.Equal(0, worker.ExitCode);
            worker.Dispose();
        }

        await using var undisturbed = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        await CrashWorker.WorkAsync(undisturbed, seed, windows);
        var (expected, actual) = (await StoreText.OfAsync(undisturbed.Connections), await TextAsync());
        return new CrashReport(kills, windows * SeededWorkspace.Queries, expected, actual);
    }

    private static async Task EndAsync(Process worker)
    {
        // SIGKILL.
        worker.Kill();
        await worker.WaitForExitAsync();
        Assert.True(worker.ExitCode == 128 + 9, $"A worker ended by itself with {worker.ExitCode}.");
        worker.Dispose();
    }

    private Process Start(string windows)
    {
        var address = store is StoreAddress.Postgres postgres ? postgres.ConnectionString : store.ToString();
        string[] arguments = [typeof(CrashRun).Assembly.Location, "crash-worker", address, seed.ToString(CultureInfo.InvariantCulture), windows];
        return Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
    }

    private async Task<int> WindowsAsync()
    {
        await using var open = await SqlFindingStore.OpenAsync(store, TimeProvider.System, default);
        var ends = await open.Connections.ReadAsync(connection => connection.ExecuteScalarAsync<long?>("SELECT max(window_end) FROM evaluations"), default);
        return ends is { } end ? SeededWorkspace.NumberOf(StoredTime.To(end)) + 1 : 0;
    }

    private async Task<string> TextAsync()
    {
        await using var open = await SqlFindingStore.OpenAsync(store, TimeProvider.System, default);
        if (store is StoreAddress.File)
            Assert.Equal("ok", await open.Connections.ReadAsync(connection => connection.ExecuteScalarAsync<string>("PRAGMA integrity_check"), default));
        return await StoreText.OfAsync(open.Connections);
    }
}

/// <summary>What came of it.</summary>
/// <param name="Kills">How many processes were killed.</param>
/// <param name="Evaluations">How many evaluations were to be done.</param>
/// <param name="Expected">What an undisturbed process leaves.</param>
/// <param name="Actual">What the killed ones left.</param>
internal sealed record CrashReport(int Kills, int Evaluations, string Expected, string Actual);
