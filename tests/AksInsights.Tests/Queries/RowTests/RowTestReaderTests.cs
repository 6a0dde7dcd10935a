using AksInsights.Core.Queries;
using AksInsights.Core.Queries.RowTests;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Tests.Queries.RowTests;

public class RowTestReaderTests
{
    private const string Good = """
        cases:
          - name: rises
            kind: near-miss
            start: 2026-01-05T10:00:00Z
            input:
              Pods:
                - constants: { Name: a, Created: -1h }
                  every: 5m
                  series: { Restarts: "0x1 3 _ 4" }
                - rows:
                    - { TimeGenerated: -2m, Name: b, Restarts: null }
            evaluate:
              - at: 40m
                findings:
                  - key: { workload: cart }
                    measures: { restarts: 3 }
        """;

    private static readonly TableSymbol Pods = new("Pods", [
        new("TimeGenerated", KqlType.DateTime), new("Name", KqlType.String), new("Created", KqlType.DateTime), new("Restarts", KqlType.Int),
        new("Unused", KqlType.Real)]);

    [Fact]
    public void ExpandsRowsWithTypedCells()
    {
        var report = new FileReport("t", Good);
        var test = Assert.Single(RowTestReader.Read(report).Cases);
        var rows = CaseTables.Open(test, [Pods], report).Load(Pods, ["Name", "Unused"], default);
        Assert.Empty(report.Found);
        Assert.Equal(5, rows.RowCount);
        Assert.Equal(["a", "a", "a", "a", "b"], Cells(rows.Columns["Name"]));
        Assert.Equal([0L, 0L, 3L, 4L, null], Cells(rows.Columns["Restarts"]));
        Assert.Equal([null, null, null, null, null], Cells(rows.Columns["Unused"]));
        Assert.Equal(
            [At(0), At(5), At(10), At(20), At(-2)],
            Cells(rows.Columns["TimeGenerated"]));
        Assert.Equal([At(-60), At(-60), At(-60), At(-60), null], Cells(rows.Columns["Created"]));
    }

    [Fact]
    public void AMappingMayTakeOverAnother()
    {
        var text = Good.Replace("constants: { Name: a, Created: -1h }", "constants: &a { Name: a, Created: -1h }", StringComparison.Ordinal)
            .Replace("- { TimeGenerated: -2m, Name: b, Restarts: null }", "- { <<: *a, TimeGenerated: -2m, Name: b }", StringComparison.Ordinal);
        var report = new FileReport("t", text);
        var rows = CaseTables.Open(Assert.Single(RowTestReader.Read(report).Cases), [Pods], report).Load(Pods, ["Name"], default);
        Assert.Empty(report.Found);
        Assert.Equal(["a", "a", "a", "a", "b"], Cells(rows.Columns["Name"]));
        Assert.Equal([At(-60), At(-60), At(-60), At(-60), At(-60)], Cells(rows.Columns["Created"]));
    }

    [Fact]
    public void AMappingIsAValueOfADynamicColumnOnly()
    {
        var table = new TableSymbol("Pods", [.. Pods.Columns, new("Labels", KqlType.Dynamic)]);
        var report = new FileReport("t", Good.Replace("Name: b,", "Name: { x: 1 }, Labels: { app: cart, ports: [80, \"81\"], on: true, off: null },", StringComparison.Ordinal));
        var rows = CaseTables.Open(Assert.Single(RowTestReader.Read(report).Cases), [table], report).Load(table, ["Labels"], default);
        Assert.Equal("""{"app":"cart","ports":[80,"81"],"on":true,"off":null}""", DynamicText.Format(rows.Columns["Labels"].Box(4)));
        Assert.Equal(["AKI1043"], report.Found.Select(f => f.Diagnostic.Code));
    }

    [Fact]
    public void ATableWithoutTimesNeedsNone()
    {
        var table = new TableSymbol("Pods", [new("Name", KqlType.String)]);
        var report = new FileReport("t", """
            cases:
              - name: n
                kind: fires
                start: 2026-01-05T10:00:00Z
                input: { Pods: [{ rows: [{ Name: a }] }, { constants: { Name: b }, count: 2 }] }
                evaluate: []
            """);
        var rows = CaseTables.Open(Assert.Single(RowTestReader.Read(report).Cases), [table], report).Load(table, ["Name"], default);
        Assert.Equal(["a", "b", "b"], Cells(rows.Columns["Name"]));
        Assert.Empty(report.Found);
    }

    [Theory]
    [InlineData("kind: near-miss", "kind: nearmiss", "AKI1006")]
    [InlineData("- at: 40m", "- at: soon", "AKI1007")]
    [InlineData("Pods:", "Pod:", "AKI1041")]
    [InlineData("Created:", "Creatd:", "AKI1042")]
    [InlineData("0x1 3 _ 4", "0x1 three _ 4", "AKI1043")]
    [InlineData("0x1 3 _ 4", "", "AKI1044")]
    [InlineData("every: 5m", "count: 9", "AKI1045")]
    [InlineData("- rows:", "- count: 2\n          rows:", "AKI1046")]
    [InlineData("TimeGenerated: -2m, ", "", "AKI1047")]
    [InlineData("start: 2026-01-05T10:00:00Z", "start: monday", "AKI1005")]
    [InlineData("findings:", "finding:", "AKI1002")]
    public void AMistakeIsReported(string good, string bad, string code)
    {
        var report = new FileReport("t", Good.Replace(good, bad, StringComparison.Ordinal));
        foreach (var test in RowTestReader.Read(report).Cases) CaseTables.Open(test, [Pods], report);
        Assert.Contains(code, report.Found.Select(f => f.Diagnostic.Code));
    }

    private static object? At(int minutes) => new DateTime(2026, 1, 5, 10, 0, 0, DateTimeKind.Utc).AddMinutes(minutes).Ticks;

    private static IEnumerable<object?> Cells(Column column) => Enumerable.Range(0, column.Length).Select(column.Box);
}
