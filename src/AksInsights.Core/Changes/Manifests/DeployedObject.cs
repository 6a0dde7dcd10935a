using AksInsights.Core.Changes.Manifests.Kustomize;
using AksInsights.Core.Changes.Yaml;

namespace AksInsights.Core.Changes.Manifests;

/// <summary>An object that the repository deploys, with the texts that make it up.</summary>
internal sealed class DeployedObject
{
    /// <summary>The folder it is deployed from: that of the outermost kustomization, or of its file.</summary>
    public required string Environment { get; init; }

    /// <summary>Its kind; null for a file of values, which deploys nothing by itself.</summary>
    public required string? Kind { get; init; }

    /// <summary>The name it has in the cluster, or the path of a file of values.</summary>
    public required string Name { get; init; }

    /// <summary>Its namespace in the cluster; null when the files do not say.</summary>
    public required string? Namespace { get; init; }

    /// <summary>What makes it up, the base first; each layer changes what those before it say.</summary>
    public required IReadOnlyList<ObjectLayer> Layers { get; init; }

    /// <summary>The kustomization that could get another patch; null when there is none.</summary>
    public OverlayPatch? Overlay { get; init; }

    /// <summary>Its name for messages.</summary>
    public override string ToString() => Kind is null ? Name : $"{Kind} {(Namespace is null ? "" : Namespace + "/")}{Name}";
}

/// <summary>What a layer of an object is.</summary>
internal enum LayerKind
{
    /// <summary>The object itself.</summary>
    Object,

    /// <summary>A patch in the form of the object.</summary>
    MergePatch,

    /// <summary>One operation of a JSON patch.</summary>
    Operation,
}

/// <summary>A text that makes up an object.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="File">Where it is written.</param>
/// <param name="Document">The document in the file.</param>
/// <param name="Root">The object, the patch or the operation.</param>
internal sealed record ObjectLayer(LayerKind Kind, ManifestFile File, SourceDocument Document, SourceMap Root)
{
    /// <summary>The objects, each in an environment, that this text makes up.</summary>
    public HashSet<string> Users { get; init; } = [];

    /// <summary>Why it is not known whether the text applies; null when it is.</summary>
    public string? Doubt { get; init; }
}
