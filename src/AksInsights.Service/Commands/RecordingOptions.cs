using System.CommandLine;
using AksInsights.Adapters.Workspaces.Recorded;

namespace AksInsights.Service.Commands;

/// <summary>The options that name a recorded workspace and how to read it.</summary>
internal sealed class RecordingOptions
{
    private readonly Option<string?> _workspace;
    private readonly Option<DateTimeOffset?> _asOf = SharedOptions.AsOf();
    private readonly Option<bool> _strict = SharedOptions.Strict();

    /// <summary>Makes the options.</summary>
    /// <param name="required">Whether a command cannot do without a workspace.</param>
    public RecordingOptions(bool required = false) => _workspace = SharedOptions.Workspace(required);

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_workspace);
        command.Add(_asOf);
        command.Add(_strict);
    }

    /// <summary>Opens what was named; null, after saying why, when it cannot be used.</summary>
    public KqlSession? Open(ParseResult parsed, CommandIo io)
    {
        if (parsed.GetValue(_workspace) is not { } folder) return new KqlSession(null, parsed.GetValue(_asOf), io.Time);
        var tables = OpenTables(folder, parsed.GetValue(_strict), io);
        return tables is null ? null : new KqlSession(tables, parsed.GetValue(_asOf), io.Time);
    }

    /// <summary>Opens a folder; null, after saying why, when it cannot be used.</summary>
    public static RecordedWorkspaceTables? OpenTables(string folder, bool strict, CommandIo io, IProgress<LoadProgress>? progress = null)
    {
        switch (RecordedWorkspaceTables.Open(folder, new RecordedWorkspaceOptions { Strict = strict, Progress = progress }))
        {
            case RecordedWorkspaceOpening.Opened opened:
                return opened.Tables;
            case RecordedWorkspaceOpening.Refused refused:
                io.Refuse(ExitCode.Impossible, refused.Message, refused.Help);
                return null;
            case var other:
                throw new InvalidOperationException($"An opening of a kind that does not exist: {other}.");
        }
    }
}
