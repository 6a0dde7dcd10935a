using YamlDotNet.RepresentationModel;

namespace AksInsights.Tests.Deployment;

/// <summary>Reads the files of <c>deploy/</c>.</summary>
internal static class DeployFiles
{
    /// <summary>A file's text.</summary>
    public static string Text(params string[] path) => File.ReadAllText(Repository.Path(["deploy", .. path]));

    /// <summary>The documents of a manifest.</summary>
    public static IReadOnlyList<YamlNode> Documents(params string[] path)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(Text(path));
        stream.Load(reader);
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    /// <summary>What a manifest has at a path of keys and positions; it must be there.</summary>
    public static YamlNode At(this YamlNode node, params object[] path) => path.Aggregate(node, (at, step) => step is int position ? at[position] : at[(string)step]);

    /// <summary>The text at a path.</summary>
    public static string TextAt(this YamlNode node, params object[] path) => ((YamlScalarNode)node.At(path)).Value!;

    /// <summary>The only container of a Deployment.</summary>
    public static YamlNode Container(this YamlNode deployment) => Assert.Single((YamlSequenceNode)deployment.At("spec", "template", "spec", "containers"));
}
