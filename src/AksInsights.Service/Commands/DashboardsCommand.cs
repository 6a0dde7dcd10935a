using System.CommandLine;
using AksInsights.Core.Dashboards;

namespace AksInsights.Service.Commands;

/// <summary><c>dashboards</c>: Grafana dashboards of findings, of the query library, and of the service.</summary>
internal static class DashboardsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io) => new("dashboards", "Grafana dashboards of findings, of the query library, and of the service itself.")
    {
        DashboardsGenerateCommand.Create(io),
        DashboardsPushCommand.Create(io, Environment.GetEnvironmentVariable),
    };

    /// <summary>What the dashboards read from; all when it is not given.</summary>
    public static Option<string[]> DataSource()
    {
        var option = new Option<string[]>("--data-source")
        {
            Description = "Only those that read findings from PostgreSQL, SQLite or the service's API (json), the query library live from Azure Monitor (azure), or metrics (prometheus). "
                + "May be given several times.",
            HelpName = "postgres|sqlite|json|azure|prometheus",
            AllowMultipleArgumentsPerToken = true,
        };
        option.AcceptOnlyFromAmong([.. Enum.GetValues<DashboardFlavour>().Select(FolderOf)]);
        return option;
    }

    /// <summary>The flavours that were asked for, or all.</summary>
    public static IReadOnlyList<DashboardFlavour> Flavours(string[]? written) =>
        [.. Enum.GetValues<DashboardFlavour>().Where(flavour => written is null or [] || written.Contains(FolderOf(flavour)))];

    /// <summary>The name of a flavour as people write it, and of its folder.</summary>
    public static string FolderOf(DashboardFlavour flavour) => FindingJson.Kebab(flavour.ToString());
}
