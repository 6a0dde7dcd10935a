using AksInsights.Core.Queries;
using AksInsights.Service.Alerts;
using AksInsights.Service.Hosting;
using AksInsights.Service.Workspaces;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Service.Commands;

/// <summary>What <c>doctor --config</c> looks at: everything that the configuration of a service names, as the service would use it, changing and sending nothing.</summary>
internal static class LiveDoctor
{
    /// <summary>Looks at it all, one thing after the other.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="library">The queries; null when they cannot be read.</param>
    /// <param name="sendTest">Whether each channel is sent a message that says that it is a test.</param>
    /// <param name="io">The clock, and what stands for standard output in channels.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<IReadOnlyList<Advice>> LookAsync(IConfiguration configuration, QueryLibrary? library, bool sendTest, CommandIo io, CancellationToken cancellation)
    {
        var found = new List<Advice>();
        var mistakes = new List<string>();
        var alerts = AlertSettings.Read(configuration, io.Time, io.Error, out var wrong);
        mistakes.AddRange(wrong);
        var service = ServiceSettings.Read(configuration, [], out wrong);
        mistakes.AddRange(wrong);
        var azure = AzureSettings.Read(configuration, out wrong);
        mistakes.AddRange(wrong);
        var workspaces = WorkspaceSettings.Read(configuration, mistakes);
        if (library is not null) foreach (var workspace in workspaces) workspace.Plan(library.Checks, mistakes);
        found.AddRange(mistakes.Select(mistake => new Advice(AdviceState.Wrong, "configuration", mistake)));
        if (mistakes.Count == 0) found.Add(new Advice(AdviceState.Good, "configuration", "nothing in it is unknown or out of range."));
        if (service is not null) found.Add(Access(service));
        if (azure is not null && workspaces.Any(workspace => workspace.Azure is not null))
            found.AddRange(await AzureDoctor.LookAsync(azure, workspaces, library, io.Time, cancellation).ConfigureAwait(false));
        foreach (var workspace in workspaces.Where(workspace => workspace.Folder is not null))
            found.AddRange(DoctorChecks.Workspace(workspace.Folder, library, io.Time, cancellation).Select(advice => advice with { Subject = $"{workspace.Name}: {advice.Subject}" }));
        if (workspaces.Count == 0) found.Add(new Advice(AdviceState.Doubtful, "workspaces", "none is named, so there is nothing to watch.", "Name them in the section `Workspaces`; docs/service.md has the keys."));
        if (alerts is null) return found;
        await using (alerts.ConfigureAwait(false)) found.AddRange(await ChannelDoctor.LookAsync(alerts, sendTest, io.Time, cancellation).ConfigureAwait(false));
        return found;
    }

    private static Advice Access(ServiceSettings service)
    {
        var where = string.Join(", ", service.Addresses.Select(address => address.IsLoopback ? "this machine" : $"{address.Address}:{address.Port}").Distinct());
        var who = (service.KeyHashes.Count, service.Entra) switch
        {
            (0, null) => "nobody has to say who they are",
            (var keys, null) => Counted.Of(keys, "key"),
            (0, { } entra) => $"tokens of the tenant {entra.Tenant}",
            (var keys, { } entra) => $"{Counted.Of(keys, "key")}, and tokens of the tenant {entra.Tenant}",
        };
        return new Advice(AdviceState.Good, "access", $"it listens to {where}; {who}.");
    }
}
