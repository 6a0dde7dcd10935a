using AksInsights.Adapters.Workspaces.LogAnalytics;

namespace AksInsights.Tests.Adapters.Workspaces.LogAnalytics;

/// <summary>How many requests of one identity start and run.</summary>
public class RequestLimiterTests
{
    [Fact]
    public async Task SoManyRunAtATime()
    {
        using var limiter = new RequestLimiter(new HurriedTime(), concurrent: 2);
        using var first = await limiter.EnterAsync(CancellationToken.None);
        var second = await limiter.EnterAsync(CancellationToken.None);
        var third = limiter.EnterAsync(CancellationToken.None);
        await Task.Delay(20);
        Assert.False(third.IsCompleted);
        second.Dispose();
        second.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task SoManyStartInAWindow()
    {
        var time = new HurriedTime(100);
        using var limiter = new RequestLimiter(time, concurrent: 5, starts: 20, window: TimeSpan.FromSeconds(30));
        var starts = new List<DateTimeOffset>();
        for (var i = 0; i < 60; i++)
        {
            using var place = await limiter.EnterAsync(CancellationToken.None);
            starts.Add(time.GetUtcNow());
        }

        // A start is noted a moment after it was allowed, so two of them may look a little closer than they were.
        Assert.All(Enumerable.Range(20, 40), i => Assert.True(starts[i] - starts[i - 20] > TimeSpan.FromSeconds(25), $"Start {i} came {starts[i] - starts[i - 20]} after the twentieth before it."));
    }

    [Fact]
    public async Task NothingStartsInAPause()
    {
        var time = new HurriedTime();
        using var limiter = new RequestLimiter(time);
        limiter.Pause(TimeSpan.FromSeconds(50));
        limiter.Pause(TimeSpan.FromSeconds(10));
        var before = time.GetUtcNow();
        (await limiter.EnterAsync(CancellationToken.None)).Dispose();
        Assert.True(time.GetUtcNow() - before > TimeSpan.FromSeconds(45));
    }

    [Fact]
    public async Task WhoGivesUpTakesNoPlace()
    {
        using var limiter = new RequestLimiter(TimeProvider.System, concurrent: 1);
        limiter.Pause(TimeSpan.FromHours(1));
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => limiter.EnterAsync(impatient.Token));
        using var other = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => limiter.EnterAsync(other.Token));
    }
}
