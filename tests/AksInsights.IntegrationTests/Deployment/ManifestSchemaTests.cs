using System.Text.Json;
using System.Text.Json.Nodes;
using AksInsights.Core.Dashboards;
using AksInsights.Core.Dashboards.Shipping;
using AksInsights.Core.Queries;
using AksInsights.Tests;

namespace AksInsights.IntegrationTests.Deployment;

/// <summary>Kubernetes' own schemas and types judge what Kustomize makes of <c>deploy/kubernetes</c>, and a linter the Dockerfile.</summary>
[Needs("npm")]
[Needs("kubectl")]
public sealed class ManifestSchemaTests
{
    private static readonly NpmPackage Checker = new("deploy", "check.js");

    [Fact]
    public async Task TheManifestsAreWhatKubernetesTakesAndTheDockerfileHasNoMistakes()
    {
        var checkedKinds = new Dictionary<string, List<string>>();
        var texts = new Dictionary<string, string> { ["Dockerfile"] = await File.ReadAllTextAsync(Repository.Path("Dockerfile")) };
        foreach (var overlay in new[] { "sqlite", "postgres" }) texts[overlay] = await RenderAsync(overlay);
        foreach (var (id, kind, mistakes) in await CheckAsync(texts))
        {
            Assert.True(mistakes.Count == 0, $"{id}: {string.Join("; ", mistakes)}");
            if (id != "Dockerfile") checkedKinds.TryAdd(id.Split(' ')[0], []);
            if (id != "Dockerfile") checkedKinds[id.Split(' ')[0]].Add(kind);
        }

        string[] both = ["ConfigMap", "ConfigMap", "Deployment", "Namespace", "NetworkPolicy", "NetworkPolicy", "PodDisruptionBudget", "Service", "ServiceAccount"];
        Assert.Equal([.. both.Append("PersistentVolumeClaim").Order(StringComparer.Ordinal)], checkedKinds["sqlite"].Order(StringComparer.Ordinal));
        Assert.Equal([.. both.Append("ConfigMap").Order(StringComparer.Ordinal)], checkedKinds["postgres"].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ConfigMapsOfDashboardsAreWhatKubernetesTakes()
    {
        var library = QueryLibrary.Load(Repository.Path("queries"));
        var format = ShippingFormats.All.Single(it => it.Name == "configmaps");
        var texts = Enum.GetValues<DashboardFlavour>().SelectMany(flavour => format.Write(flavour, DashboardSet.Of(flavour, library), [])).ToDictionary(file => file.Path, file => file.Text);
        var found = await CheckAsync(texts);
        Assert.Equal(texts.Count, found.Count);
        Assert.All(found, it => Assert.True(it is { Kind: "ConfigMap", Mistakes.Count: 0 }, $"{it.Id}: {string.Join("; ", it.Mistakes)}"));
    }

    /// <summary>What the check finds is what it is believed for.</summary>
    [Fact]
    public async Task PlantedMistakesAreFound()
    {
        (string Right, string Wrong)[] plants =
            [("runAsNonRoot: true", "runAsNonRot: true"), ("failureThreshold: 6", "failureThreshold: six"), ("protocol: UDP", "protocol: UPD"), ("memory: 1Gi", "memory: 1Gx")];
        var text = await RenderAsync("sqlite");
        Assert.All(plants, plant => Assert.Contains(plant.Right, text, StringComparison.Ordinal));
        var found = await CheckAsync(plants.ToDictionary(plant => plant.Wrong.Replace(" ", "", StringComparison.Ordinal), plant => text.Replace(plant.Right, plant.Wrong, StringComparison.Ordinal)));
        Assert.Equal(plants.Length, found.Count(it => it.Mistakes.Count > 0));
    }

    [Fact]
    public async Task WhatDiffersFromPlaceToPlaceStandsInOneFile()
    {
        var text = await RenderAsync("postgres");
        var site = (await File.ReadAllLinesAsync(Repository.Path("deploy", "kubernetes", "site", "site.env"))).Where(line => line.Contains('=')).Select(line => line.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        Assert.Contains($"image: {site["image"]}\n", text, StringComparison.Ordinal);
        Assert.Contains($"azure.workload.identity/client-id: {site["client"]}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("from-site-env", text, StringComparison.Ordinal);
        // The service can ask for names: a label that Kustomize puts into every selector would be asked of the DNS server too.
        Assert.Matches("podSelector:\n +matchLabels:\n +k8s-app: kube-dns\n", text);
        Assert.Contains("replicas: 2\n", text, StringComparison.Ordinal);
    }

    private static Task<string> RenderAsync(string overlay) => ChildProgram.RunAsync("kubectl", ["kustomize", $"deploy/kubernetes/overlays/{overlay}"], "", Repository.Path());

    private static async Task<IReadOnlyList<(string Id, string Kind, IReadOnlyList<string> Mistakes)>> CheckAsync(Dictionary<string, string> texts)
    {
        var lines = (await Checker.RunAsync(JsonSerializer.Serialize(texts))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonNode.Parse(line)!).Select(it => ((string)it["id"]!, (string)it["kind"]!, (IReadOnlyList<string>)[.. it["mistakes"]!.AsArray().Select(m => (string)m!)]))];
    }
}
