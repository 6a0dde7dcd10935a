using AksInsights.Kql.Functions;

namespace AksInsights.Kql.Tests.Functions.Aggregates;

/// <summary>What documentation and completion show of aggregates and window functions runs.</summary>
public class AggregateExamplesTests
{
    // The columns that the examples take for granted.
    private const string Row =
        "print TimeGenerated = datetime(2024-01-01), Computer = 'node', Namespace = 'shop', Name = 'cart', PodUid = 'uid', PodStatus = 'Failed', Level = 'Error', "
        + "CounterName = 'cpu', CounterValue = 1.5, RestartCount = 3, Bytes = 10, IsBillable = true, Flags = 5, Cpu = 0.5, Memory = 2.5, IsUp = true, "
        + "Latency = 20, Requests = 6, Departures = 3, ClientIP = '::1', Tags = '{}', Pods = dynamic(null), Latencies = dynamic(null)";

    public static TheoryData<string> Aggregates => [.. FunctionCatalog.All.Where(e => e.Kind == FunctionKind.Aggregate).Select(e => e.Name)];

    public static TheoryData<string> Windows => [.. FunctionCatalog.All.Where(e => e.Kind == FunctionKind.Window).Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(Aggregates))]
    public void TheExampleOfAnAggregateRuns(string name)
    {
        Assert.True(FunctionCatalog.TryFindAggregate(name, out var entry));
        AssertRuns(name, entry, $"{Row} | {entry.Example}");
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void TheExampleOfAWindowFunctionRuns(string name)
    {
        Assert.True(FunctionCatalog.TryFind(name, out var entry));
        AssertRuns(name, entry, $"{Row} | serialize Shown = {entry.Example}");
    }

    private static void AssertRuns(string name, FunctionEntry entry, string query)
    {
        Assert.Contains($"{name}(", entry.Example, StringComparison.Ordinal);
        new KqlEngine(EmptyTables.Samples).TryCompile(query, null, out var compiled, out var diagnostics);
        Assert.True(compiled is not null, $"{entry.Example}: {string.Join(" ", diagnostics.Select(d => d.Message))}");
        Assert.Equal(1, compiled.Execute(new KqlRun { NowUtc = new DateTime(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc) }).Tables[0].RowCount);
    }
}
