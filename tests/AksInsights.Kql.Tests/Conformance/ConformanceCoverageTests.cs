using System.Text.RegularExpressions;
using AksInsights.Kql.Functions;

namespace AksInsights.Kql.Tests.Conformance;

/// <summary>What the engine knows is used in some .kqltest file: whoever adds a function, operator, plugin or kind of join adds a case from its documentation.</summary>
public partial class ConformanceCoverageTests
{
    private static readonly string Cases = string.Concat(
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Conformance"), "*.kqltest", SearchOption.AllDirectories)
            .Select(File.ReadAllText).Select(text => Comment().Replace(text, "")));

    [Fact]
    public void EveryFunctionHasACase()
    {
        var names = FunctionCatalog.All.SelectMany(entry => entry.Aliases.Prepend(entry.Name))
            .Concat(SpecialFunctions.All.SelectMany(special => special.Aliases.Prepend(special.Name)));
        Assert.Equal([], names.Where(name => !Regex.IsMatch(Cases, $@"\b{name}\s*\(")));
    }

    [Fact]
    public void EveryOperatorAndPluginOfTheDocumentationHasACase()
    {
        var text = File.ReadAllText(Documentation.PathOf("kql.md"));
        var section = text[text.IndexOf("## Operators", StringComparison.Ordinal)..text.IndexOf("## Tests of queries", StringComparison.Ordinal)];
        var names = Quoted().Matches(section).Select(match => match.Groups[1].Value).ToArray();
        Assert.True(names.Length > 60);
        Assert.Equal([], names.Where(name => !Regex.IsMatch(Cases, $@"(?<![\w-]){Regex.Escape(name)}(?![\w-])")));
    }

    [Theory]
    [InlineData("innerunique", "inner", "leftouter", "rightouter", "fullouter", "leftsemi", "rightsemi", "leftanti", "rightanti", "anti", "leftantisemi", "rightantisemi")]
    public void EveryKindOfJoinHasACase(params string[] kinds) => Assert.Equal([], kinds.Where(kind => !Regex.IsMatch(Cases, $@"kind\s*=\s*{kind}\b")));

    [Theory]
    [InlineData("has", "contains", "startswith", "endswith", "hasprefix", "hassuffix")]
    public void EveryTextOperatorHasACaseWithAndWithoutCaseAndNegation(params string[] operators) => Assert.Equal(
        [],
        operators.SelectMany(name => new[] { name, "!" + name, name + "_cs", $"!{name}_cs" }).Where(name => !Regex.IsMatch(Cases, $@"(?<![\w!]){name}(?!\w)")));

    [GeneratedRegex("^#.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex("`([a-z][a-z_0-9-]*)`")]
    private static partial Regex Quoted();
}
