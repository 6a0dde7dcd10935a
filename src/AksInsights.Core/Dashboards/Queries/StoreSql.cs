using System.Text.RegularExpressions;

namespace AksInsights.Core.Dashboards.Queries;

/// <summary>SQL with names for what a viewer chooses, and how each flavour writes them.</summary>
/// <remarks>
/// <c>{from}</c> and <c>{to}</c> are the range in seconds since 1970, <c>{step}</c> is the width of a bar in seconds, and <c>{in:column:name}</c> asks whether a
/// column has one of the values of a variable, or that all of them are chosen. Everything else is SQL that PostgreSQL and SQLite both understand.
/// </remarks>
public static partial class StoreSql
{
    /// <summary>The variables and times that a text names, in the order of the text, each once.</summary>
    public static IReadOnlyList<string> Names(string sql) => [.. Token().Matches(sql).Select(NameOf).Distinct()];

    /// <summary>The variables that a text names, without the times.</summary>
    public static IReadOnlyList<string> Variables(string sql) => [.. Names(sql).Where(name => name is not ("from" or "to" or "step"))];

    /// <summary>The text as Grafana gets it.</summary>
    /// <exception cref="InvalidOperationException">The flavour does not ask in SQL.</exception>
    public static string Write(string sql, DashboardFlavour flavour) => Token().Replace(sql, match => NameOf(match) switch
    {
        "from" => flavour == DashboardFlavour.Postgres ? "$__unixEpochFrom()::bigint" : "($__from / 1000)",
        "to" => flavour == DashboardFlavour.Postgres ? "$__unixEpochTo()::bigint" : "($__to / 1000)",
        // In both whole numbers are divided into whole numbers.
        "step" => "($__interval_ms / 1000)",
        var name when flavour is DashboardFlavour.Postgres or DashboardFlavour.Sqlite =>
            $"({Variable.All} IN (${{{name}:sqlstring}}) OR {match.Groups["column"].Value} IN (${{{name}:sqlstring}}))",
        _ => throw new InvalidOperationException($"The flavour {flavour} does not ask in SQL."),
    });

    /// <summary>The text with parameters for a database driver: <c>@from</c>, <c>@to</c>, <c>@step</c>, and for a variable <c>@all_NAME</c> and <c>@NAME</c>, a list.</summary>
    public static string Parametrise(string sql) => Token().Replace(sql, match => NameOf(match) switch
    {
        ("from" or "to" or "step") and var name => $"@{name}",
        var name => $"(@all_{name} OR {match.Groups["column"].Value} IN @{name})",
    });

    /// <summary>What a request of the API says for a name; times in milliseconds, as Grafana has them.</summary>
    internal static string ApiValue(string name) => name switch
    {
        "from" => "${__from}",
        "to" => "${__to}",
        "step" => "${__interval_ms}",
        _ => $"${{{name}:csv}}",
    };

    private static string NameOf(Match match) => match.Groups["name"].Value;

    [GeneratedRegex(@"\{(?:in:(?<column>[a-z_.]+):)?(?<name>[a-z]+)\}")]
    private static partial Regex Token();
}
