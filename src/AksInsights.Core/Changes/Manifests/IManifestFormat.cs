using AksInsights.Core.Changes.Manifests.Helm;
using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Core.Changes.Manifests;

/// <summary>A way in which repositories say what a container gets. A new one is a class and a line in <see cref="ManifestFormats"/>.</summary>
internal interface IManifestFormat
{
    /// <summary>Its name in messages and in the table of a pull request.</summary>
    string Name { get; }

    /// <summary>Whether an object says it in this way.</summary>
    bool Recognises(DeployedObject deployed);

    /// <summary>The places of an object that say, or could say, what a container gets; they are also what the amounts are replaced by.</summary>
    IEnumerable<ContainerDeclaration> Locate(DeployedObject deployed, SoughtContainer sought);
}

/// <summary>The formats, asked in this order.</summary>
internal static class ManifestFormats
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IManifestFormat> All { get; } =
    [
        new WorkloadManifest(),
        new FluxHelmRelease(),
        new ArgoApplication(),
        new HelmValuesFile(),
    ];
}

/// <summary>A container somebody wants to change.</summary>
/// <param name="Key">Which, as the cluster knows it.</param>
/// <param name="Current">What is in force.</param>
/// <param name="Inventory">The repository.</param>
internal sealed record SoughtContainer(ContainerKey Key, ContainerResources Current, ManifestInventory Inventory);

/// <summary>A container as the files declare it.</summary>
internal sealed class ContainerDeclaration
{
    /// <summary>The object that declares it.</summary>
    public required DeployedObject Object { get; init; }

    /// <summary>The format it is declared in.</summary>
    public required IManifestFormat Format { get; init; }

    /// <summary>The places that say what it gets, the base first.</summary>
    public required IReadOnlyList<AmountPlace> Places { get; init; }

    /// <summary>Where it is, for people.</summary>
    public required string Where { get; init; }

    /// <summary>The list of the pod's specification that the container is in.</summary>
    public string List { get; init; } = "containers";

    /// <summary>What keeps it from being edited; empty when nothing does.</summary>
    public IReadOnlyList<FileDiagnostic> Obstacles { get; init; } = [];

    /// <summary>Whether it is found by what it says and not by a name, so that it counts only if it is the only one.</summary>
    public bool IsGuess { get; init; }

    /// <summary>Whether the repository's own words name it for the container: a marker or the mapping file.</summary>
    public bool IsNamed { get; init; }
}
