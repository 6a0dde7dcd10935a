using System.Text.RegularExpressions;

namespace AksInsights.Tests.Queries;

/// <summary>The library's codes and their page say the same.</summary>
public partial class LibraryDiagnosticsTests
{
    [Fact]
    public void EveryCodeHasAHeadingAndEveryHeadingACode()
    {
        var sources = Directory.EnumerateFiles(Repository.Path("src", "AksInsights.Core", "Queries"), "FileReport*.cs")
            .Concat(Directory.EnumerateFiles(Repository.Path("src", "AksInsights.Core", "Changes"), "ManifestReport*.cs")).Select(File.ReadAllText);
        var codes = sources.SelectMany(text => Code().Matches(text).Select(m => m.Groups[1].Value)).Order(StringComparer.Ordinal).ToList();
        var headings = Heading().Matches(File.ReadAllText(Repository.Path("docs", "diagnostics.md"))).Select(m => m.Groups[1].Value);
        Assert.NotEmpty(codes);
        Assert.Equal(codes.Distinct(), codes);
        Assert.Equal(codes, headings.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("\"(AKI[0-9]{4})\"")]
    private static partial Regex Code();

    [GeneratedRegex("^### (AKI[0-9]{4}) ", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
