using System.CommandLine;
using System.CommandLine.Parsing;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;

namespace AksInsights.Service.Commands;

/// <summary><c>findings suppress</c>: nobody wants to hear of a finding for a while, or ever if the query is wrong about it.</summary>
internal static class FindingsSuppressCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var id = FindingsCommand.Id();
        var store = new StoreOption(required: true);
        var by = FindingsCommand.By();
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "TEXT", Required = true };
        var length = new Option<TimeSpan>("--for") { Description = "For how long, such as 12h or 7d.", HelpName = "TIME", DefaultValueFactory = _ => Workflow.Suppressed.UsualLength, CustomParser = ReadLength };
        var falsePositive = new Option<bool>("--false-positive") { Description = "For good: the query is wrong about this subject." };
        var command = new Command("suppress", "Say that nobody wants to hear of a finding for a while.") { id, by, reason, length, falsePositive };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var (who, now, why) = (parsed.GetValue(by)!, io.Time.GetUtcNow(), parsed.GetValue(reason)!);
            Workflow said = parsed.GetValue(falsePositive)
                ? new Workflow.FalsePositive(who, now, why)
                : new Workflow.Suppressed(who, now, why, now + parsed.GetValue(length));
            return FindingsCommand.WithStoreAsync(
                store, parsed, io, open => FindingsCommand.SayAsync(open, parsed.GetValue(id)!, said, who, io, cancellation), cancellation);
        });
        return command;
    }

    private static TimeSpan ReadLength(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Durations.TryParse(text, out var length) && length > TimeSpan.Zero) return length;
        result.AddError($"`{text}` is no length of time; write it as 12h or 7d.");
        return TimeSpan.Zero;
    }
}
