using System.CommandLine;
using AksInsights.Core.Findings;

namespace AksInsights.Service.Commands;

/// <summary><c>findings ack</c>: somebody knows of a finding and works on it.</summary>
internal static class FindingsAckCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var id = FindingsCommand.Id();
        var store = new StoreOption(required: true);
        var by = FindingsCommand.By();
        var note = new Option<string?>("--note") { Description = "Why, or what is being done.", HelpName = "TEXT" };
        var until = SharedOptions.Time("--until", "When the acknowledgement ends by itself.");
        var command = new Command("ack", "Say that somebody knows of a finding and works on it.") { id, by, note, until };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var who = parsed.GetValue(by)!;
            var said = new Workflow.Acknowledged(who, io.Time.GetUtcNow(), parsed.GetValue(note), parsed.GetValue(until));
            return FindingsCommand.WithStoreAsync(
                store, parsed, io, open => FindingsCommand.SayAsync(open, parsed.GetValue(id)!, said, who, io, cancellation), cancellation);
        });
        return command;
    }
}
