using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Core.Rightsizing;
using AksInsights.Core.Rightsizing.Advice;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Pricing;
using AksInsights.Service.Commands;

namespace AksInsights.Service.Hosting;

/// <summary>Recommendations from the usage in the store, made once for each roll-up and remembered. Safe for concurrent use.</summary>
/// <remarks>
/// What people say about a finding of a container counts within a minute. While advice is made anew, those who come meanwhile wait for it.
/// </remarks>
internal sealed class AdviceCache : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private readonly SqlFindingStore _store;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _making = new(1);
    private readonly Dictionary<string, Remembered> _views = new(StringComparer.Ordinal);

    /// <summary>Makes an empty one.</summary>
    public AdviceCache(SqlFindingStore store, TimeProvider time)
    {
        _store = store;
        _time = time;
    }

    /// <summary>The advice of a policy on all containers; null when there is no usage yet.</summary>
    /// <exception cref="StoreException">The store cannot work.</exception>
    public async Task<AdviceView?> ReadAsync(IRightsizingPolicy policy, CancellationToken cancellation)
    {
        await _making.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (await _store.Usage.ReadToAsync(null, cancellation).ConfigureAwait(false) is not { } readTo) return null;
            var known = _views.GetValueOrDefault(policy.Name);
            if (known is not null && known.View.ReadTo == readTo && _time.GetElapsedTime(known.LookedAt) < LookAgain) return known.View;
            var ignored = await AdviceReading.IgnoredAsync(_store, readTo, cancellation).ConfigureAwait(false);
            var view = known is not null && known.View.ReadTo == readTo && Same(known.Ignored, ignored) ? known.View : await MakeAsync(policy, readTo, ignored, cancellation).ConfigureAwait(false);
            _views[policy.Name] = new Remembered(view, ignored, _time.GetTimestamp());
            return view;
        }
        finally
        {
            _making.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _making.Dispose();

    private async Task<AdviceView> MakeAsync(IRightsizingPolicy policy, DateTimeOffset readTo, IReadOnlyDictionary<ContainerKey, string> ignored, CancellationToken cancellation)
    {
        var request = new AdviceRequest([policy], PriceList.Shipped, new AdviceOptions { Ignored = ignored }, readTo);
        return (await AdviceReading.ReadAsync(request, _store, cancellation).ConfigureAwait(false))[0];
    }

    private static bool Same(IReadOnlyDictionary<ContainerKey, string> one, IReadOnlyDictionary<ContainerKey, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var text) && text == pair.Value);

    private sealed record Remembered(AdviceView View, IReadOnlyDictionary<ContainerKey, string> Ignored, long LookedAt);
}
