using System.Text;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Changes;
using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;
using AksInsights.Service.Alerts;
using AksInsights.Service.Hosting;
using AksInsights.Service.Workspaces;
using AksInsights.Tests.Changes;
using Microsoft.Extensions.Configuration;
using YamlDotNet.RepresentationModel;

namespace AksInsights.Tests.Deployment;

/// <summary>The manifests of <c>deploy/kubernetes</c> fit the program: its ports, user, settings and folders, and the names that Azure is told of.</summary>
public sealed class ManifestTests
{
    private static readonly YamlNode Deployment = Assert.Single(DeployFiles.Documents("kubernetes", "base", "deployment.yaml"));

    [Fact]
    public void TheConfigurationIsTakenOnceThereAreKeys()
    {
        var file = Repository.Path("deploy", "kubernetes", "base", "appsettings.json");
        IConfiguration With(params (string Key, string Value)[] values) =>
            new ConfigurationBuilder().AddJsonFile(file).AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build();
        Assert.Null(ServiceSettings.Read(With(), [], out var mistakes));
        Assert.Contains("serve-key", Assert.Single(mistakes), StringComparison.Ordinal);

        // What docs/deploy.md has people put into the Secret.
        var values = new List<(string, string)> { ("Service:ApiKeys:me", ApiKey.Make().Hash), ("Service:SessionSecret", new string('5', 64)) };
        foreach (var variable in (YamlSequenceNode)Deployment.Container().At("env"))
            values.Add((variable.TextAt("name").Replace("AKSINSIGHTS_", "", StringComparison.Ordinal).Replace("__", ":", StringComparison.Ordinal), Site()[variable.TextAt("valueFrom", "configMapKeyRef", "key")]));
        var configuration = With([.. values]);
        var settings = ServiceSettings.Read(configuration, [], out mistakes);
        Assert.Empty(mistakes);
        Assert.Equal(Deployment.Container().TextAt("ports", 0, "containerPort"), $"{Assert.Single(settings!.Addresses).Port}");
        Assert.NotNull(AzureSettings.Read(configuration, out _));
        var found = new List<string>();
        Assert.Equal("aks", Assert.Single(WorkspaceSettings.Read(configuration, found)).Name);
        Assert.Empty(found);
        Assert.NotNull(AlertSettings.Read(configuration, TimeProvider.System, TextWriter.Null, out _));
    }

    [Fact]
    public void PortsUsersAndFoldersAgree()
    {
        var (container, pod) = (Deployment.Container(), Deployment.At("spec", "template", "spec"));
        Assert.Equal(new Uri(ServiceSettings.DefaultUrl).Port.ToString(System.Globalization.CultureInfo.InvariantCulture), container.TextAt("ports", 0, "containerPort"));
        var port = container.TextAt("ports", 0, "name");
        Assert.All(new[] { "startupProbe", "livenessProbe", "readinessProbe" }, probe => Assert.Equal(port, container.TextAt(probe, "httpGet", "port")));
        Assert.Equal(port, Assert.Single(DeployFiles.Documents("kubernetes", "base", "service.yaml")).TextAt("spec", "ports", 0, "targetPort"));
        // The user of Microsoft's images, which the Dockerfile takes by its name; ImageTests has that.
        Assert.All(new[] { "runAsUser", "runAsGroup", "fsGroup" }, id => Assert.Equal("1654", pod.TextAt("securityContext", id)));
        Assert.True(TimeSpan.FromSeconds(int.Parse(pod.TextAt("terminationGracePeriodSeconds"), System.Globalization.CultureInfo.InvariantCulture)) > 2 * Ending.Patience);
        Assert.Equal("/data", Assert.Single(DeployFiles.Documents("kubernetes", "overlays", "sqlite", "deployment.yaml")).Container().TextAt("volumeMounts", 0, "mountPath"));
        Assert.Contains("WORKDIR /data", File.ReadAllLines(Repository.Path("Dockerfile")));
    }

    [Fact]
    public void PodsAreChosenByTheLabelsTheyHave()
    {
        var labels = (YamlMappingNode)Assert.Single(DeployFiles.Documents("kubernetes", "base", "kustomization.yaml")).At("labels", 0, "pairs");
        Assert.Equal(labels, Deployment.At("spec", "selector", "matchLabels"));
        Assert.Equal(labels, Assert.Single(DeployFiles.Documents("kubernetes", "base", "service.yaml")).At("spec", "selector"));
        Assert.Equal(labels, Assert.Single(DeployFiles.Documents("kubernetes", "base", "disruption-budget.yaml")).At("spec", "selector", "matchLabels"));
        Assert.Equal(labels, DeployFiles.Documents("kubernetes", "base", "network-policy.yaml")[1].At("spec", "podSelector", "matchLabels"));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public void TheIdentityOfAzureIsThatOfTheServiceAccount(string overlay)
    {
        var space = Assert.Single(DeployFiles.Documents("kubernetes", "overlays", overlay, "kustomization.yaml")).TextAt("namespace");
        var account = Deployment.TextAt("spec", "template", "spec", "serviceAccountName");
        Assert.Equal(account, Assert.Single(DeployFiles.Documents("kubernetes", "base", "service-account.yaml")).TextAt("metadata", "name"));
        Assert.Contains($"param serviceAccount string = '{space}:{account}'", DeployFiles.Text("bicep", "main.bicep"), StringComparison.Ordinal);
    }

    [Fact]
    public void TheAddressOfTheDatabaseIsOneOfAStore()
    {
        var line = Assert.Single(DeployFiles.Text("kubernetes", "overlays", "postgres", "store.env").Split('\n'), line => line.StartsWith("STORE=", StringComparison.Ordinal));
        var address = Assert.IsType<StoreAddress.Postgres>(StoreAddress.TryParse(line["STORE=".Length..], out _));
        Assert.Contains("SSL Mode=VerifyFull", address.ConnectionString, StringComparison.Ordinal);
        Assert.Contains("args: [serve, --config, /etc/aksinsights/appsettings.json, --store, $(STORE)]", DeployFiles.Text("kubernetes", "base", "deployment.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void NoSecretIsCommitted() => Assert.All(
        Directory.EnumerateFiles(Repository.Path("deploy"), "*.yaml", SearchOption.AllDirectories),
        file => Assert.DoesNotContain("kind: Secret", File.ReadAllText(file), StringComparison.Ordinal));

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public void RecommendationsForTheServiceItselfAreMadeInItsManifests(string overlay)
    {
        var files = new RepositoryFiles(Directory.EnumerateFiles(Repository.Path("deploy"), "*.yaml", SearchOption.AllDirectories)
            .Select(file => KeyValuePair.Create(Path.GetRelativePath(Repository.Path("deploy"), file).Replace('\\', '/'), (ReadOnlyMemory<byte>)File.ReadAllBytes(file))));
        var key = new ContainerKey("/subscriptions/s/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/aks", "aksinsights", "Deployment", "aksinsights", "aksinsights");
        var resources = Deployment.Container().At("resources");
        Assert.True(CpuQuantity.TryParse(resources.TextAt("requests", "cpu"), out var cpu));
        Assert.True(MemoryQuantity.TryParse(resources.TextAt("requests", "memory"), out var memory));
        Assert.True(MemoryQuantity.TryParse(resources.TextAt("limits", "memory"), out var limit));
        Assert.True(CpuQuantity.TryParse("7m", out var proposed));
        var map = RepositoryMap.Read($"clusters:\n  aks: [kubernetes/overlays/{overlay}]\n", out var mistakes);
        Assert.Empty(mistakes);
        var plan = new ChangePlanner(files, map).Plan(
            [ChangeSamples.Recommend(key, new ContainerResources(cpu, null, memory, limit), new ContainerResources(proposed, null, memory, limit))], ChangeGrouping.All);
        Assert.Empty(plan.Refused.SelectMany(refused => refused.Reasons).Select(reason => reason.ToString()));
        var change = Assert.Single(Assert.Single(plan.Sets).Files);
        Assert.Contains("cpu: 7m", Encoding.UTF8.GetString(change.After.Span), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Site() => DeployFiles.Text("kubernetes", "site", "site.env").Split('\n')
        .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#')).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
}
