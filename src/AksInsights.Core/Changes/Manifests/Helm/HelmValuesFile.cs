namespace AksInsights.Core.Changes.Manifests.Helm;

/// <summary>A file of values for a Helm chart that no object of the repository refers to.</summary>
internal sealed class HelmValuesFile : IManifestFormat
{
    /// <inheritdoc/>
    public string Name => "Helm values";

    /// <inheritdoc/>
    public bool Recognises(DeployedObject deployed) => deployed.Kind is null;

    /// <inheritdoc/>
    public IEnumerable<ContainerDeclaration> Locate(DeployedObject deployed, SoughtContainer sought)
    {
        var layer = deployed.Layers[0];
        var related = NameTokens.Of(layer.File.Path.Split('/', '.'));
        var values = ValuesLayer.OfMap(layer.File, layer.Document, layer.Root, layer.Users);
        return new ValuesSearch(deployed, this, related).Find([values], sought);
    }

    /// <summary>Whether a file is one of values, by its name.</summary>
    public static bool IsValues(ManifestFile file) =>
        Path.GetFileNameWithoutExtension(file.Name) is var name
        && (name.StartsWith("values", StringComparison.OrdinalIgnoreCase) || name.EndsWith("values", StringComparison.OrdinalIgnoreCase));
}
