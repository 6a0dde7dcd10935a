namespace AksInsights.IntegrationTests;

/// <summary>
/// The test assembly as a program of its own: what the tests start as other processes, so that they can be killed, and measurements too long for a test run.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["store-load", .. var rest]:
                return await Storage.StoreLoad.RunAsync(rest);
            case ["list-load", .. var rest]:
                return await Storage.ListLoad.RunAsync(rest);
            case ["api-load", .. var rest]:
                return await Hosting.ApiLoad.RunAsync(rest);
            case ["usage-load", .. var rest]:
                return await Storage.UsageLoad.RunAsync(rest);
            case ["crash", .. var rest]:
                return await Crashes.CrashCommand.RunAsync(rest);
            case ["crash-worker", var store, var seed, var windows]:
                return await Crashes.CrashWorker.RunAsync(store, seed, windows);
            case ["serve-crash", .. var rest]:
                return await Crashes.ServeCrashCommand.RunAsync(rest);
            case ["service-load", .. var rest]:
                return await Hosting.ServiceLoad.RunAsync(rest);
            case ["web-pictures", var folder, .. var names]:
                return await Web.WebPictures.RunAsync(folder, names);
            case ["web-load", .. var rest]:
                return await Web.WebLoad.RunAsync(rest);
            case ["repeat-load", .. var rest]:
                return await Delivery.RepeatLoad.RunAsync(rest);
            case ["delivery-crash", .. var rest]:
                return await Delivery.DeliveryCrashTests.RunAsync(rest);
            case ["delivery-worker", var store, var url]:
                return await Delivery.DeliveryCrash.WorkAsync(store, url);
            default:
                await Console.Error.WriteLineAsync("Commands: store-load, list-load, api-load, usage-load, crash, delivery-crash, repeat-load, serve-crash, service-load, web-load, web-pictures. See CONTRIBUTING.md.");
                return 2;
        }
    }
}
