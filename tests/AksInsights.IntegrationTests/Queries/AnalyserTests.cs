using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Queries;
using AksInsights.Kql;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;
using AksInsights.Tests;

namespace AksInsights.IntegrationTests.Queries;

/// <summary>An analyser that is not ours reads every query of the library, and finds what ours finds.</summary>
[Needs("npm")]
public class AnalyserTests
{
    private static readonly EvaluationWindow Window = new(
        new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero));

    private static readonly IReadOnlyList<QueryDefinition> Library = QueryLibrary.Load(Repository.Path("queries")).Queries;

    // One process reads them all: most of its time is its start.
    private static readonly Lazy<Task<IReadOnlyDictionary<string, AnalyserAnswer>>> Answers = new(() =>
    {
        var written = Library.Select(q => (Name: $"{q.Id} as written", Text: q.Text.Kql));
        var sent = Library.Select(q => (Name: $"{q.Id} as sent", Text: q.Plan(new Dictionary<string, object?>()).Bind(Window)));
        return Analyser.AnalyseAsync(written.Concat(sent).Append(("wrong", "Perf\n| where CounterNam == \"x\"")).ToDictionary(q => q.Item1, q => q.Item2));
    });

    [Fact]
    public async Task EveryQueryPassesAsItIsWrittenAndAsItIsSent()
    {
        var answers = await Answers.Value;
        Assert.Equal((2 * Library.Count) + 1, answers.Count);
        Assert.Equal("", string.Join('\n', answers.Values.Where(a => a.Id != "wrong").SelectMany(a => a.Mistakes.Select(mistake => $"{a.Id}: {mistake}"))));
    }

    [Fact]
    public async Task BothAnalysersSeeTheSameColumns()
    {
        var answers = await Answers.Value;
        var engine = new KqlEngine(new NoRows());
        Assert.All(Library, query =>
        {
            var ours = engine.Compile(query.Text.Kql, query.KqlFile).Columns.Select(c => $"{c.Name}: {c.Type.Name()}");
            Assert.Equal(answers[$"{query.Id} as written"].Columns, ours);
        });
    }

    [Fact]
    public async Task AMistakeIsFoundWithItsPlace()
    {
        var mistake = Assert.Single((await Answers.Value)["wrong"].Mistakes);
        Assert.StartsWith("2:9: KS142: ", mistake, StringComparison.Ordinal);
    }

    private sealed class NoRows : ITableProvider
    {
        public IReadOnlyList<TableSymbol> Tables { get; } = [.. KnownTables.ByName.Values];

        public TableRows Load(TableSymbol table, IReadOnlyCollection<string> columns, CancellationToken cancellation) =>
            new(0, table.Columns.Where(c => columns.Contains(c.Name)).ToDictionary(c => c.Name, c => Constants.Create(c.Type, null, 0)));
    }
}
