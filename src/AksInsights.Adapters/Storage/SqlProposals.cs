using AksInsights.Core.Changes.Proposals;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>Notes of pull requests in an SQL database, through Dapper.</summary>
internal sealed class SqlProposals : IProposalNotes
{
    // Two runs may note the same: the later look counts, and what it does not know stays.
    private const string Save =
        "INSERT INTO proposals (link, repository, number, branch, target, title, state, cluster_name, namespace, containers, saving_cents, opened_at, ended_at, seen_at) "
        + "VALUES (@Link, @Repository, @Number, @Branch, @Target, @Title, @State, @ClusterName, @Namespace, @Containers, @SavingCents, @OpenedAt, @EndedAt, @SeenAt) "
        + "ON CONFLICT (link) DO UPDATE SET title = excluded.title, state = excluded.state, cluster_name = excluded.cluster_name, namespace = excluded.namespace, "
        + "containers = coalesce(excluded.containers, proposals.containers), saving_cents = coalesce(excluded.saving_cents, proposals.saving_cents), "
        + "opened_at = coalesce(excluded.opened_at, proposals.opened_at), ended_at = excluded.ended_at, seen_at = excluded.seen_at WHERE excluded.seen_at >= proposals.seen_at";

    private const string List =
        "SELECT link AS Link, repository AS Repository, number AS Number, branch AS Branch, target AS Target, title AS Title, state AS State, cluster_name AS ClusterName, "
        + "namespace AS Namespace, containers AS Containers, saving_cents AS SavingCents, opened_at AS OpenedAt, ended_at AS EndedAt, seen_at AS SeenAt "
        + "FROM proposals WHERE repository = @repository ORDER BY number DESC";

    private readonly StoreConnections _connections;

    /// <summary>Keeps notes over the connections of a store.</summary>
    public SqlProposals(StoreConnections connections) => _connections = connections;

    /// <inheritdoc/>
    public Task SaveAsync(IReadOnlyList<ProposalNote> notes, CancellationToken cancellation) => _connections.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(Save, notes.Select(Row.From), transaction),
        cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProposalNote>> ListAsync(string repository, CancellationToken cancellation) => _connections.ReadAsync<IReadOnlyList<ProposalNote>>(
        async connection => [.. (await connection.QueryAsync<Row>(List, new { repository }).ConfigureAwait(false)).Select(row => row.ToNote())],
        cancellation);

    /// <summary>A row of the table.</summary>
    private sealed class Row
    {
        public string Link { get; set; } = "";
        public string Repository { get; set; } = "";
        public long Number { get; set; }
        public string Branch { get; set; } = "";
        public string Target { get; set; } = "";
        public string Title { get; set; } = "";
        public string State { get; set; } = "";
        public string ClusterName { get; set; } = "";
        public string Namespace { get; set; } = "";
        public long? Containers { get; set; }
        public long? SavingCents { get; set; }
        public long? OpenedAt { get; set; }
        public long? EndedAt { get; set; }
        public long SeenAt { get; set; }

        public static Row From(ProposalNote note) => new()
        {
            Link = note.Link,
            Repository = note.Repository,
            Number = note.Number,
            Branch = note.Branch,
            Target = note.Target,
            Title = note.Title,
            State = StoredNames<PullState>.Format(note.State),
            ClusterName = note.ClusterName ?? "",
            Namespace = note.Namespace ?? "",
            Containers = note.Containers,
            SavingCents = note.MonthlySaving is { } saving ? (long)decimal.Round(saving * 100) : null,
            OpenedAt = StoredTime.From(note.OpenedAt),
            EndedAt = StoredTime.From(note.EndedAt),
            SeenAt = StoredTime.From(note.SeenAt),
        };

        public ProposalNote ToNote() => new()
        {
            Link = Link,
            Repository = Repository,
            Number = (int)Number,
            Branch = Branch,
            Target = Target,
            Title = Title,
            State = StoredNames<PullState>.Parse(State),
            ClusterName = ClusterName.Length == 0 ? null : ClusterName,
            Namespace = Namespace.Length == 0 ? null : Namespace,
            Containers = (int?)Containers,
            MonthlySaving = SavingCents / 100m,
            OpenedAt = StoredTime.To(OpenedAt),
            EndedAt = StoredTime.To(EndedAt),
            SeenAt = StoredTime.To(SeenAt),
        };
    }
}
