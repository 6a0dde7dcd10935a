using AksInsights.Service.Telemetry;
using Microsoft.Extensions.Logging;

namespace AksInsights.Service.Hosting;

/// <summary>The end of the service: what has begun may come to its end for a while, then it is abandoned. Nothing is half done by that; the next start does it.</summary>
internal sealed class Ending : IDisposable
{
    /// <summary>How long what has begun may take. Orchestrators kill after 30 seconds, and the rest needs some of them.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private readonly CancellationTokenSource _abandon;

    /// <summary>Makes it; nothing ends yet.</summary>
    public Ending(ILogger<Ending> logger, TimeProvider time)
    {
        _abandon = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _abandon.Token.Register(() => logger.Abandoned(Patience));
    }

    /// <summary>Lets the time run.</summary>
    public void Begin() => _abandon.CancelAfter(Patience);

    /// <summary>Runs work until it is done, cancelled, or abandoned.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _abandon.Token);
        try
        {
            await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_abandon.IsCancellationRequested)
        {
            // Said once, when it was decided.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _abandon.Dispose();
}
