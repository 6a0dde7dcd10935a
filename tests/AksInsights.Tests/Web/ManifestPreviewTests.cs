using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;
using AksInsights.Service.Web.Recommendations;
using AksInsights.Tests.Changes;

namespace AksInsights.Tests.Web;

/// <summary>What the page of a recommendation says of the manifests it would change.</summary>
public sealed class ManifestPreviewTests : IDisposable
{
    private const string Cluster = "/subscriptions/s/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/aks-live";
    private const string Manifest = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n  template:\n    spec:\n      containers:\n      - name: app\n        resources:\n          requests:\n            cpu: 500m # as measured in May\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("aksinsights-preview").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheDiffIsThatOfTheFile()
    {
        Write("apps/web.yaml", Manifest);
        var preview = ManifestPreview.Of(_folder, Recommended("web"));
        Assert.Empty(preview.Said);
        Assert.Equal(
            [
                (' ', "--- a/apps/web.yaml"), (' ', "+++ b/apps/web.yaml"), ('@', "@@ -8,4 +8,4 @@"),
                (' ', "       - name: app"), (' ', "         resources:"), (' ', "           requests:"),
                ('-', "-            cpu: 500m # as measured in May"), ('+', "+            cpu: 250m # as measured in May"),
            ],
            preview.Lines.Skip(1));
        Assert.Equal(Manifest, File.ReadAllText(Path.Combine(_folder, "apps/web.yaml")));
    }

    [Fact]
    public void WhatNoFileDeclaresIsSaidAndNotGuessed()
    {
        Write("apps/web.yaml", Manifest);
        var preview = ManifestPreview.Of(_folder, Recommended("cart"));
        Assert.Empty(preview.Lines);
        Assert.Contains("cart", Assert.Single(preview.Said), StringComparison.Ordinal);
    }

    [Fact]
    public void FilesThatSayItAlreadyNeedNoChange()
    {
        Write("web.yaml", Manifest.Replace("500m", "250m", StringComparison.Ordinal));
        var preview = ManifestPreview.Of(_folder, Recommended("web"));
        Assert.Empty(preview.Lines);
        Assert.Contains("say this already", Assert.Single(preview.Said), StringComparison.Ordinal);
    }

    [Fact]
    public void ARepositoryMayWantItLeftAlone()
    {
        Write("web.yaml", Manifest);
        Write(".aksinsights.yaml", "ignore:\n  - shop/*\n");
        Assert.Contains("left alone", Assert.Single(ManifestPreview.Of(_folder, Recommended("web")).Said), StringComparison.Ordinal);
    }

    [Fact]
    public void AMistakeInTheMapIsNamed()
    {
        Write(".aksinsights.yaml", "ignored:\n  - shop/*\n");
        var preview = ManifestPreview.Of(_folder, Recommended("web"));
        Assert.Contains("`ignored`", Assert.Single(preview.Said), StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderThatIsGoneIsSaid() =>
        Assert.Contains("cannot be read", Assert.Single(ManifestPreview.Of(Path.Combine(_folder, "gone"), Recommended("web")).Said), StringComparison.Ordinal);

    private static Recommendation Recommended(string workload) =>
        ChangeSamples.Recommend(new ContainerKey(Cluster, "shop", "Deployment", workload, "app"), Resources(500), Resources(250));

    private static ContainerResources Resources(long millicores) => new(CpuQuantity.FromMillicores(millicores), null, null, null);

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
