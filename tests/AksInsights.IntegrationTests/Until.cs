namespace AksInsights.IntegrationTests;

/// <summary>Waits for what must come about.</summary>
internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Looks until it holds.</summary>
    /// <param name="holds">Whether it does.</param>
    /// <param name="left">What is missing still, for the message.</param>
    public static async Task HoldsAsync(Func<Task<bool>> holds, Func<string>? left = null)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < until, $"It did not happen. {left?.Invoke()}");
            await Task.Delay(100);
        }
    }
}
