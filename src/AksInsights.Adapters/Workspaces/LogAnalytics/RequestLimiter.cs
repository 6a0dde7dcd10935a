namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>Keeps what one identity asks within what the service allows it: so many at a time, so many starts in a stretch of time, and nothing while it wants to be left alone. Thread-safe.</summary>
/// <remarks>
/// Source of the standard numbers: learn.microsoft.com/azure/azure-monitor/service-limits, "Log queries and language": 5 at a time for one user, 200 requests in
/// 30 seconds. It is ours, and not the framework's, because that one has a clock of its own.
/// </remarks>
/// <param name="time">The clock.</param>
/// <param name="concurrent">How many at a time.</param>
/// <param name="starts">How many starts in a window.</param>
/// <param name="window">How long that is; 30 seconds by default.</param>
public sealed class RequestLimiter(TimeProvider time, int concurrent = 5, int starts = 200, TimeSpan? window = null) : IDisposable
{
    private readonly SemaphoreSlim _places = new(concurrent);
    private readonly Queue<DateTimeOffset> _starts = new();
    private readonly Lock _access = new();
    private readonly TimeSpan _window = window ?? TimeSpan.FromSeconds(30);
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;

    /// <summary>Waits until a request may start. Dispose what it gives when the request has ended.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            while (Wait() is { } wait) await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
            return new Place(_places);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>Lets no request start for a while, because the service said so.</summary>
    public void Pause(TimeSpan length)
    {
        var until = time.GetUtcNow() + length;
        lock (_access)
        {
            if (until > _pausedUntil) _pausedUntil = until;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    /// <summary>How long to wait still; null when a start was counted and may happen now.</summary>
    private TimeSpan? Wait()
    {
        lock (_access)
        {
            var now = time.GetUtcNow();
            if (_pausedUntil > now) return _pausedUntil - now;
            while (_starts.TryPeek(out var oldest) && oldest <= now - _window) _starts.Dequeue();
            if (_starts.Count >= starts) return _starts.Peek() + _window - now;
            _starts.Enqueue(now);
            return null;
        }
    }

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) places.Release();
        }
    }
}
