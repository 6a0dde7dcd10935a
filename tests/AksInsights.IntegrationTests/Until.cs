namespace AksInsights.IntegrationTests;

/// <summary>Waits for what must come about.</summary>
internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Looks until it holds.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> holds)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < until, "It did not happen.");
            await Task.Delay(100);
        }
    }
}
