using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Digests;
using AksInsights.Core.Queries;

namespace AksInsights.Service.Alerts;

/// <summary>What sends alerts and digests, put together from the configuration and the library.</summary>
internal sealed class AlertTools
{
    /// <summary>Puts it together.</summary>
    public AlertTools(AlertSettings settings, IReadOnlyList<QueryDefinition> queries)
    {
        Settings = settings;
        var notes = new FindingNotes(queries);
        Writer = new AlertWriter(settings.Templates, notes, settings.Site);
        DigestWriter = new DigestWriter(settings.Templates, notes, settings.Site);
    }

    /// <summary>What the configuration says.</summary>
    public AlertSettings Settings { get; }

    /// <summary>Writes alerts.</summary>
    public AlertWriter Writer { get; }

    /// <summary>Writes digests.</summary>
    public DigestWriter DigestWriter { get; }

    /// <summary>What takes messages to the channels.</summary>
    public AlertDispatcher Dispatcher(SqlFindingStore store, TimeProvider time) =>
        new(store.Outbox, store, Settings.Channels, Settings.Policy, Writer, Settings.Inhibitions, time);

    /// <summary>What makes digests.</summary>
    public DigestSender Digests(SqlFindingStore store) => new(store, store.Outbox, Settings.Policy, DigestWriter);
}
