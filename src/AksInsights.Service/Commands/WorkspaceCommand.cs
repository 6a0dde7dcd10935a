using System.CommandLine;

namespace AksInsights.Service.Commands;

/// <summary><c>workspace</c>: recorded workspaces as a whole.</summary>
internal static class WorkspaceCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io) => new("workspace", "Serve a recorded workspace to clients of Azure Log Analytics.")
    {
        WorkspaceServeCommand.Create(io),
    };
}
