using AksInsights.Kql.Functions;

namespace AksInsights.Kql.Tests.Functions;

/// <summary>What documentation and completion show of a function is true.</summary>
public class FunctionCatalogTests
{
    public static TheoryData<string> ScalarFunctions => [.. FunctionCatalog.All.Where(e => e.Kind == FunctionKind.Scalar).Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(ScalarFunctions))]
    public void TheExampleOfAScalarFunctionRuns(string name)
    {
        Assert.True(FunctionCatalog.TryFind(name, out var entry));
        Assert.Contains($"{name}(", entry.Example, StringComparison.Ordinal);
        // The columns that examples take for granted.
        const string Row = "print x = 5, Count = 2, TimeGenerated = datetime(2024-01-01), LastSeen = datetime(null), "
            + "Pods = dynamic(null), Today = dynamic(null), Yesterday = dynamic(null), Latencies = dynamic(null)";
        var query = $"{Row} | project Shown = {entry.Example}";
        new KqlEngine(EmptyTables.Samples).TryCompile(query, null, out var compiled, out var diagnostics);
        Assert.True(compiled is not null, $"{entry.Example}: {string.Join(" ", diagnostics.Select(d => d.Message))}");
        var result = compiled.Execute(new KqlRun { NowUtc = FunctionFixture.Now });
        Assert.Equal(1, result.Tables[0].RowCount);
    }

    [Fact]
    public void EveryEntrySaysWhatItDoesInASentence()
    {
        foreach (var entry in FunctionCatalog.All)
        {
            Assert.EndsWith(".", entry.Description, StringComparison.Ordinal);
            Assert.Matches("^[a-z0-9-]+$", entry.Page);
            Assert.NotEmpty(entry.Signatures);
        }
    }

    [Fact]
    public void NoTwoFunctionsOfAKindShareAName()
    {
        foreach (var kind in FunctionCatalog.All.GroupBy(e => e.Kind == FunctionKind.Aggregate))
        {
            var names = kind.SelectMany(e => e.Aliases.Prepend(e.Name)).ToArray();
            Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
        }
    }
}
