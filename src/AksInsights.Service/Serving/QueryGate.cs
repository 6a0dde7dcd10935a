namespace AksInsights.Service.Serving;

/// <summary>Lets a number of queries run at a time; some more wait for their turn, and the rest is turned away. Thread-safe.</summary>
/// <param name="settings">The numbers.</param>
internal sealed class QueryGate(ServeSettings settings) : IDisposable
{
    private readonly SemaphoreSlim _places = new(settings.Concurrent);
    private int _waiting;

    /// <summary>How many queries run now.</summary>
    public int Running => settings.Concurrent - _places.CurrentCount;

    /// <summary>Waits for a turn. Whoever gets one must <see cref="Leave"/>.</summary>
    /// <returns>False when there are too many, or the turn did not come in time.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<bool> EnterAsync(CancellationToken cancellation)
    {
        if (await _places.WaitAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false)) return true;
        try
        {
            return Interlocked.Increment(ref _waiting) <= settings.Queue && await _places.WaitAsync(settings.MaxQueueTime, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Gives the turn to the next.</summary>
    public void Leave() => _places.Release();

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();
}
