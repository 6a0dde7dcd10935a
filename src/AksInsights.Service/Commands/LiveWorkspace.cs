using System.CommandLine;
using AksInsights.Adapters.Workspaces.LogAnalytics;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Workspaces;

namespace AksInsights.Service.Commands;

/// <summary>The workspace in Azure that a command may be given instead of a recording.</summary>
internal static class LiveWorkspace
{
    /// <summary>Rows arrive late: what is asked of a live workspace ends this long ago.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromMinutes(5);

    /// <summary><c>--azure-workspace</c>: which one.</summary>
    public static Option<string?> Option() => new("--azure-workspace")
    {
        Description = "A workspace in Azure: its id (a GUID), or its or another resource's id. The section `Azure` of the configuration says how to reach it.",
        HelpName = "ID",
    };

    /// <summary>The exit code, after saying why, when not exactly one workspace is named; null when one is.</summary>
    public static int? Misuse(ParseResult parsed, Option<string?> recording, Option<string?> azure, string command, CommandIo io)
    {
        if (parsed.GetValue(recording) is null == parsed.GetValue(azure) is null)
            return io.Refuse(ExitCode.Misuse, "Give exactly one of --workspace and --azure-workspace.", $"For example: aksinsights {command} --workspace DIR");
        if (parsed.GetValue(azure) is { } target && !AzureSettings.IsTarget(target))
            return io.Refuse(ExitCode.Misuse, $"`{target}` is neither a workspace id (a GUID) nor a resource id, which begins with /subscriptions/.", AzureSettings.TargetHelp);
        return null;
    }

    /// <summary>Prepares to ask, and asks for nothing once, so that what is wrong is said once; null, after saying it, when it cannot be asked.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<AzureWorkspace?> OpenAsync(string target, ConfigOption config, ParseResult parsed, CommandIo io, CancellationToken cancellation)
    {
        if (config.Azure(parsed, io) is not { } settings) return null;
        var workspace = new AzureConnection(settings, io.Time).Workspace(target);
        if (await workspace.QueryAsync(new WorkspaceQuery("print 1"), cancellation).ConfigureAwait(false) is not WorkspaceResult.Failed failed) return workspace;
        io.Refuse(ExitCode.Impossible, failed.Reason);
        return null;
    }
}
