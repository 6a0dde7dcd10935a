using AksInsights.Core.Dashboards;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Tests.Dashboards;

public sealed class StoreSqlTests
{
    private const string Sql = "SELECT at / {step} AS time FROM v WHERE at BETWEEN {from} AND {to} AND {in:v.cluster:cluster}";

    [Theory]
    [InlineData(DashboardFlavour.Postgres, "SELECT at / ($__interval_ms / 1000) AS time FROM v WHERE at BETWEEN $__unixEpochFrom()::bigint AND $__unixEpochTo()::bigint AND ('*' IN (${cluster:sqlstring}) OR v.cluster IN (${cluster:sqlstring}))")]
    [InlineData(DashboardFlavour.Sqlite, "SELECT at / ($__interval_ms / 1000) AS time FROM v WHERE at BETWEEN ($__from / 1000) AND ($__to / 1000) AND ('*' IN (${cluster:sqlstring}) OR v.cluster IN (${cluster:sqlstring}))")]
    public void EachDataSourceHasItsOwnNamesForTimes(DashboardFlavour flavour, string expected) => Assert.Equal(expected, StoreSql.Write(Sql, flavour));

    [Fact]
    public void TheServiceGetsParameters() =>
        Assert.Equal("SELECT at / @step AS time FROM v WHERE at BETWEEN @from AND @to AND (@all_cluster OR v.cluster IN @cluster)", StoreSql.Parametrise(Sql));

    [Fact]
    public void NamesComeOnceInTheOrderOfTheText() => Assert.Equal(["step", "from", "to", "cluster"], StoreSql.Names(Sql + " AND {from} > 0"));
}
