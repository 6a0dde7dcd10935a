using System.Globalization;
using System.Text.RegularExpressions;

namespace AksInsights.Tests.Dashboards;

/// <summary>What Grafana puts in the place of variables and macros before it asks a data source: no more of it than our dashboards use.</summary>
/// <param name="From">The start of the range.</param>
/// <param name="To">The end of the range.</param>
/// <param name="Interval">The width of a bar.</param>
/// <param name="Chosen">The chosen values by variable; a variable that is not named has all, as its <c>allValue</c> says: that text as it stands.</param>
internal sealed partial record GrafanaMacros(DateTimeOffset From, DateTimeOffset To, TimeSpan Interval, IReadOnlyDictionary<string, IReadOnlyList<string>> Chosen)
{
    private const string All = "'*'";

    /// <summary>SQL for PostgreSQL: the backend's macros, then variables.</summary>
    public string Postgres(string sql) => Whole(Sql(sql)
        .Replace("$__unixEpochFrom()", Seconds(From), StringComparison.Ordinal).Replace("$__unixEpochTo()", Seconds(To), StringComparison.Ordinal));

    /// <summary>SQL for the SQLite plugin, which knows Grafana's own variables only.</summary>
    public string Sqlite(string sql) => Whole(Sql(sql)
        .Replace("$__from", Milliseconds(From), StringComparison.Ordinal).Replace("$__to", Milliseconds(To), StringComparison.Ordinal));

    /// <summary>KQL for Azure Monitor: values in quotes with commas between, times and interval as the backend writes them.</summary>
    public string Kql(string kql) => Whole(Variable().Replace(
        kql.Replace("$__timeFrom()", KqlTime(From), StringComparison.Ordinal).Replace("$__timeTo()", KqlTime(To), StringComparison.Ordinal)
            .Replace("$__interval", $"{(long)Interval.TotalMilliseconds}ms", StringComparison.Ordinal),
        // KQL has $left and $right of its own, which Grafana leaves alone as it knows no such variables.
        match => match.Value is "$left" or "$right" ? match.Value : Quoted(match.Groups[1].Value)));

    /// <summary>The value of a parameter of an address.</summary>
    public string Address(string text) => Whole(Formatted().Replace(
        text.Replace("${__from}", Milliseconds(From), StringComparison.Ordinal).Replace("${__to}", Milliseconds(To), StringComparison.Ordinal)
            .Replace("${__interval_ms}", ((long)Interval.TotalMilliseconds).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
        match => match.Groups[2].Value == "csv" ? Chosen.GetValueOrDefault(match.Groups[1].Value) is { } values ? string.Join(',', values) : All : match.Value));

    private string Sql(string sql) => Formatted().Replace(
        sql.Replace("$__interval_ms", ((long)Interval.TotalMilliseconds).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
        match => match.Groups[2].Value == "sqlstring" ? Quoted(match.Groups[1].Value) : match.Value);

    private string Quoted(string variable) =>
        Chosen.GetValueOrDefault(variable) is { } values ? string.Join(',', values.Select(value => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'")) : All;

    // A macro that is not known here would reach the data source as it stands.
    private static string Whole(string text)
    {
        Assert.DoesNotContain("$__", text, StringComparison.Ordinal);
        Assert.DoesNotContain("${", text, StringComparison.Ordinal);
        return text;
    }

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static string KqlTime(DateTimeOffset time) => $"datetime('{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}')";

    [GeneratedRegex(@"\$([a-z]+)\b")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\$\{([a-z]+):([a-z]+)\}")]
    private static partial Regex Formatted();
}
