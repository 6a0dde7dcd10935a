using System.Data.Common;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Dashboards;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Tests.Dashboards;

/// <summary>Every question of the dashboards to a store, as Grafana asks it; one sealed subclass for each database.</summary>
public abstract class StorePanelContract : IAsyncLifetime
{
    private SqlFindingStore? _store;

    /// <summary>Which dashboards.</summary>
    protected abstract DashboardFlavour Flavour { get; }

    protected abstract Task<SqlFindingStore> OpenAsync();

    public async Task InitializeAsync()
    {
        _store = await OpenAsync();
        await PanelStore.FillAsync(_store);
    }

    public virtual async Task DisposeAsync() => await _store!.DisposeAsync();

    [Fact]
    public async Task EveryQuestionGetsTheColumnsThatItsPanelNames()
    {
        var mistakes = new List<string>();
        foreach (var asked in AllDashboards.Asked(Flavour).Where(asked => asked.Query is StoreQuery))
        {
            var answer = await AskAsync(asked, PanelStore.Everything);
            if (answer.Mistake(asked.Query) is { } mistake) mistakes.Add($"{asked.Name} {mistake}");
            if (answer.Rows == 0) mistakes.Add($"{asked.Name} has no rows");
        }

        Assert.Equal("", string.Join('\n', mistakes));
    }

    [Fact]
    public async Task WhatIsChosenNarrowsTheAnswer()
    {
        var mistakes = new List<string>();
        var narrowed = 0;
        foreach (var asked in AllDashboards.Asked(Flavour).Where(asked => asked.Query is StoreQuery))
        {
            var (all, some) = (await AskAsync(asked, PanelStore.Everything), await AskAsync(asked, PanelStore.Narrowed));
            if (some.Mistake(asked.Query) is { } mistake) mistakes.Add($"{asked.Name} {mistake}");
            if (some.Rows > all.Rows) mistakes.Add($"{asked.Name} has {some.Rows} rows where {all.Rows} are all there are");
            if (some.Rows < all.Rows) narrowed++;
        }

        Assert.Equal("", string.Join('\n', mistakes));
        Assert.InRange(narrowed, 8, int.MaxValue);
    }

    private async Task<PanelAnswer> AskAsync(AskedPanel asked, GrafanaMacros macros)
    {
        var sql = Flavour == DashboardFlavour.Postgres ? macros.Postgres((string)asked.Target["rawSql"]!) : macros.Sqlite((string)asked.Target["queryText"]!);
        await using var connection = await _store!.Connections.Dialect.OpenAsync(default);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            await using var reader = await command.ExecuteReaderAsync();
            return await PanelAnswer.ReadAsync(reader, asked.Query);
        }
        catch (DbException error)
        {
            throw new InvalidOperationException($"{asked.Name}: {error.Message}\n{sql}", error);
        }
    }
}
