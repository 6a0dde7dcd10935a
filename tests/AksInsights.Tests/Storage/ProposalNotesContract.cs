using AksInsights.Adapters.Storage;
using AksInsights.Core.Changes.Proposals;

namespace AksInsights.Tests.Storage;

/// <summary>How every kind of store keeps notes of pull requests; one sealed subclass for each database.</summary>
public abstract class ProposalNotesContract : IAsyncLifetime
{
    private const string Repository = "GitHub's shop/manifests";

    private static readonly DateTimeOffset Seen = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private static readonly ProposalNote Open = new()
    {
        Link = "https://github.example/shop/manifests/pull/7",
        Repository = Repository,
        Number = 7,
        Branch = "aksinsights/aks-live/shop/deployment-web",
        Target = "main",
        Title = "Rightsize shop/web in aks-live",
        State = PullState.Open,
        ClusterName = "aks-live",
        Namespace = "shop",
        Containers = 2,
        MonthlySaving = -3.05m,
        OpenedAt = Seen.AddDays(-1),
        SeenAt = Seen,
    };

    private SqlFindingStore? _store;

    private IProposalNotes Notes => _store!.Proposals;

    /// <summary>Opens an empty store.</summary>
    protected abstract Task<SqlFindingStore> OpenAsync();

    public async Task InitializeAsync() => _store = await OpenAsync();

    public virtual async Task DisposeAsync() => await _store!.DisposeAsync();

    [Fact]
    public async Task ANoteComesBackAsItWas()
    {
        var other = Open with { Link = "https://github.example/shop/manifests/pull/8", Number = 8, ClusterName = null, Namespace = null, Containers = null, MonthlySaving = null, OpenedAt = null };
        await Notes.SaveAsync([Open, other, Open with { Link = "https://gitlab.example/x/-/merge_requests/7", Repository = "GitLab's x" }], default);
        Assert.Equal([other, Open], await Notes.ListAsync(Repository, default));
        Assert.Empty(await Notes.ListAsync("GitHub's else/where", default));
    }

    [Fact]
    public async Task ALaterLookCountsAndWhatItDoesNotKnowStays()
    {
        await Notes.SaveAsync([Open], default);
        var merged = Open with { State = PullState.Merged, Title = "Smaller", Containers = null, MonthlySaving = null, EndedAt = Seen.AddHours(1), SeenAt = Seen.AddHours(2) };
        for (var time = 0; time < 2; time++) await Notes.SaveAsync([merged], default);
        await Notes.SaveAsync([Open], default);
        Assert.Equal(merged with { Containers = 2, MonthlySaving = -3.05m }, Assert.Single(await Notes.ListAsync(Repository, default)));
    }

    [Fact]
    public async Task NotesAreInACopyOfTheStore()
    {
        await Notes.SaveAsync([Open], default);
        await using var copy = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        await _store!.Upkeep.CopyToAsync(copy.Upkeep, default);
        Assert.Equal([Open], await copy.Proposals.ListAsync(Repository, default));
    }
}
