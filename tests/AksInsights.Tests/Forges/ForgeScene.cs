using System.Text;
using AksInsights.Adapters.Forges;
using AksInsights.Core.Changes;
using AksInsights.Core.Changes.Proposals;
using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;
using AksInsights.Core.Secrets;
using AksInsights.Tests.Changes;

namespace AksInsights.Tests.Forges;

/// <summary>A forge with a repository of four workloads, and a client of ours that proposes what it is told.</summary>
internal sealed class ForgeScene(BareRepository repository, FakeForge host, Func<ForgeSettings, IForge> client) : IAsyncDisposable
{
    public const string Branch = "aksinsights/aks-live/shop/deployment-web";

    private const string Cluster = "/subscriptions/s/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/aks-live";

    /// <summary>A byte order mark, Windows line ends, a folder, and nothing at the end of a file: bytes that get lost easily.</summary>
    public static IReadOnlyDictionary<string, byte[]> Files { get; } = new[] { "web", "api", "pay", "log" }
        .ToDictionary(w => $"apps/{w}.yaml", w => (byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Manifest(w))]);

    private static readonly Lazy<BareRepository> Template = new(() => new BareRepository(Files));

    /// <summary>A repository with those files, for one test.</summary>
    public static BareRepository NewRepository() => Template.Value.Copy();

    public BareRepository Repository => repository;

    public FakeForge Host => host;

    /// <summary>What the client calls the repository; known once something was noted.</summary>
    public string RepositoryName { get; private set; } = "";

    public static string Manifest(string workload, string cpu = "500m", int replicas = 1) => string.Join("\r\n",
        "apiVersion: apps/v1", "kind: Deployment", $"metadata: {{name: {workload}, namespace: shop}} # ünï", "spec:", $"  replicas: {replicas}",
        "  strategy: {type: Recreate}", "  revisionHistoryLimit: 2", "  template:", "    spec:", "      containers:", "      - name: app", "        resources:", "          requests:", $"            cpu: {cpu}");

    /// <summary>The bytes of a workload's file.</summary>
    public static byte[] Bytes(string workload, string cpu, int replicas = 1) => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Manifest(workload, cpu, replicas))];

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        repository.Dispose();
    }

    /// <summary>Proposes for the workload <c>web</c>, by the files that the target has.</summary>
    public async Task<ProposalOutcome> RunAsync(long millicores = 250) => Assert.Single(await RunAllAsync(millicores, new ProposalLimits(), "web")).Outcome;

    /// <summary>Proposes for some workloads.</summary>
    public async Task<IReadOnlyList<(ChangeSet Set, ProposalOutcome Outcome)>> RunAllAsync(long millicores, ProposalLimits limits, params string[] workloads)
    {
        var files = new RepositoryFiles(Files.Keys.Select(path => new KeyValuePair<string, ReadOnlyMemory<byte>>(path, repository.Read("main", path))));
        return await RunAsync(Plan(files, millicores, workloads), limits, FakeForge.Token);
    }

    /// <summary>Proposes changes.</summary>
    public async Task<IReadOnlyList<(ChangeSet Set, ProposalOutcome Outcome)>> RunAsync(IReadOnlyList<ChangeSet> sets, ProposalLimits limits, string token)
    {
        var settings = new ForgeSettings(host.Url, new Secret(token), "THE_TOKEN") { Pause = TimeSpan.Zero, BackOff = TimeSpan.FromMilliseconds(5), Patience = TimeSpan.FromSeconds(20) };
        var forge = client(settings);
        using ((IDisposable)forge) return await new ProposalRun(forge, "main", limits).RunAsync(sets, CancellationToken.None);
    }

    /// <summary>Proposes for some workloads, and notes what became of the pull requests.</summary>
    public async Task<HostProblem?> NoteAsync(IProposalNotes notes, TimeProvider time, params string[] workloads)
    {
        var files = new RepositoryFiles(Files.Keys.Select(path => new KeyValuePair<string, ReadOnlyMemory<byte>>(path, repository.Read("main", path))));
        var forge = client(new ForgeSettings(host.Url, new Secret(FakeForge.Token), "THE_TOKEN") { Pause = TimeSpan.Zero, BackOff = TimeSpan.FromMilliseconds(5), Patience = TimeSpan.FromSeconds(20) });
        using var lifetime = (IDisposable)forge;
        RepositoryName = forge.Name;
        var run = new ProposalRun(forge, "main", new ProposalLimits());
        var results = await run.RunAsync(Plan(files, 250, workloads), CancellationToken.None);
        return await new ProposalNotebook(forge, "main", notes, time).WriteAsync(run, results, CancellationToken.None);
    }

    public static IReadOnlyList<ChangeSet> Plan(RepositoryFiles files, long millicores, params string[] workloads)
    {
        static ContainerResources Cpu(long amount) => new(CpuQuantity.FromMillicores(amount), null, null, null);
        var wanted = workloads.Select(w => ChangeSamples.Recommend(new ContainerKey(Cluster, "shop", "Deployment", w, "app"), Cpu(500), Cpu(millicores)));
        return new ChangePlanner(files, RepositoryMap.Empty).Plan(wanted, ChangeGrouping.Workload).Sets;
    }

    /// <summary>What the branch has for the workload <c>web</c>.</summary>
    public string? Web(string branch = Branch) => repository.Read(branch, "apps/web.yaml") is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Nothing was asked that a real forge would not take.</summary>
    public void CheckRequests() => Assert.Empty(host.Violations);
}
