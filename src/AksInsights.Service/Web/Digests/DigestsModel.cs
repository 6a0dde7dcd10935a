using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Digests;
using AksInsights.Core.Findings;
using AksInsights.Service.Alerts;
using AksInsights.Service.Hosting;

namespace AksInsights.Service.Web.Digests;

/// <summary>A digest to read, and the digests there are.</summary>
/// <param name="Document">The digest.</param>
/// <param name="Record">The message it went out as; null for the one as it would be now.</param>
/// <param name="Made">Those that were made, newest first.</param>
/// <param name="Plans">How many digests the configuration asks for.</param>
public sealed record DigestsModel(AlertDocument Document, MessageRecord? Record, IReadOnlyList<MessageRecord> Made, int Plans)
{
    private const int MostListed = 30;

    /// <summary>The digest of the last day as it would be now.</summary>
    /// <exception cref="StoreException">The store cannot work.</exception>
    internal static async Task<DigestsModel> NowAsync(DateTimeOffset now, SqlFindingStore store, AlertTools alerts, ServedLibrary library, CancellationToken cancellation)
    {
        var digest = await alerts.Digests(store).BuildAsync(new DigestScope(), now.AddDays(-1), now, cancellation).ConfigureAwait(false);
        // Its links lead to this service, whatever address the configuration gives to those outside.
        var writer = new DigestWriter(alerts.Settings.Templates, new FindingNotes(library.Queries), new Uri("http://here/"));
        return new DigestsModel(writer.Write(digest), null, await MadeAsync(store, cancellation).ConfigureAwait(false), alerts.Settings.Digests.Count);
    }

    /// <summary>A digest that was made; null when there is none of that key.</summary>
    /// <exception cref="StoreException">The store cannot work.</exception>
    internal static async Task<DigestsModel?> ReadAsync(string key, SqlFindingStore store, AlertTools alerts, CancellationToken cancellation)
    {
        if (await store.Outbox.FindAsync(key, cancellation).ConfigureAwait(false) is not { Message.Kind: OutgoingKind.Digest } record) return null;
        return new DigestsModel(AlertDocument.Parse(record.Message.BodyJson), record, await MadeAsync(store, cancellation).ConfigureAwait(false), alerts.Settings.Digests.Count);
    }

    private static Task<IReadOnlyList<MessageRecord>> MadeAsync(SqlFindingStore store, CancellationToken cancellation) =>
        store.Outbox.ListAsync(new MessageFilter(Kind: OutgoingKind.Digest, Limit: MostListed), cancellation);
}
