using System.CommandLine;
using System.CommandLine.Parsing;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;

namespace AksInsights.Service.Commands;

/// <summary><c>store</c>: what a store needs over the months.</summary>
internal static class StoreCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io) => new("store", "Migrate, prune, back up and restore a store.")
    {
        Migrate(io),
        Prune(io),
        Backup(io),
        Restore(io),
    };

    private static Command Migrate(CommandIo io)
    {
        var store = new StoreOption(required: true);
        var command = new Command("migrate", "Bring a store to the schema of this program, making it if it is not there. Every other command does so too.");
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => WithAsync(store, parsed, mayMake: true, io, async open =>
        {
            io.Out.Write($"The store {store.AddressOf(parsed)} has schema version {await open.Upkeep.SchemaVersionAsync(cancellation).ConfigureAwait(false)}.\n");
            return ExitCode.Done;
        }, cancellation));
        return command;
    }

    private static Command Prune(CommandIo io)
    {
        var store = new StoreOption(required: true);
        var keep = Time("--keep", "How long resolved findings, their events and records of evaluations are kept.", RetentionPolicy.Default.Findings);
        var messages = Time("--keep-messages", "How long messages are kept that were delivered or refused.", RetentionPolicy.Default.Messages);
        var usage = Time("--keep-usage", "How long usage of containers is kept.", TimeSpan.FromDays(90));
        var compact = new Option<bool>("--compact") { Description = "Give the room back to the disk; an SQLite file is written anew and needs as much room again meanwhile." };
        var command = new Command("prune", "Delete what is over and older than it is to be kept.") { keep, messages, usage, compact };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => WithAsync(store, parsed, mayMake: false, io, async open =>
        {
            var policy = new RetentionPolicy(parsed.GetValue(keep), parsed.GetValue(keep), parsed.GetValue(messages));
            var pruned = await open.Upkeep.PruneAsync(policy, io.Time.GetUtcNow(), cancellation).ConfigureAwait(false);
            var days = await open.Usage.PruneAsync(DateOnly.FromDateTime((io.Time.GetUtcNow() - parsed.GetValue(usage)).UtcDateTime), cancellation).ConfigureAwait(false);
            if (parsed.GetValue(compact)) await open.Upkeep.CompactAsync(cancellation).ConfigureAwait(false);
            io.Out.Write(
                $"Deleted {Counted.Of(pruned.Findings, "finding")}, {Counted.Of(pruned.Events, "event")} of others, "
                + $"{Counted.Of(pruned.Evaluations, "evaluation")}, {Counted.Of(pruned.Messages, "message")} and {Counted.Of(days, "day")} of usage.\n");
            return ExitCode.Done;
        }, cancellation));
        return command;
    }

    private static Command Backup(CommandIo io)
    {
        var store = new StoreOption(required: true);
        var to = new Option<FileInfo>("--to") { Description = "The file to write; it must not exist.", HelpName = "FILE", Required = true };
        var command = new Command("backup", "Copy a store, as it is at one moment, into an SQLite file. Work on it goes on meanwhile.") { to };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => WithAsync(store, parsed, mayMake: false, io, async open =>
        {
            var file = parsed.GetRequiredValue(to);
            if (file.Exists) return io.Refuse(ExitCode.Misuse, $"`{file}` exists already and is not overwritten.", "Name another file.");
            var rows = await StoreBackup.WriteAsync(open, file.FullName, io.Time, cancellation).ConfigureAwait(false);
            io.Out.Write($"Wrote {Counted.Of(rows, "row")} to {file}.\n");
            return ExitCode.Done;
        }, cancellation));
        return command;
    }

    private static Command Restore(CommandIo io)
    {
        var store = new StoreOption(required: true);
        var from = new Option<FileInfo>("--from") { Description = "The backup, or any store in an SQLite file; it is only read.", HelpName = "FILE", Required = true };
        var command = new Command("restore", "Copy a backup into an empty store, which may be of another kind: also the way from SQLite to PostgreSQL.") { from };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var file = parsed.GetRequiredValue(from);
            if (!file.Exists) return Task.FromResult(io.Refuse(ExitCode.Impossible, $"There is no backup `{file}`."));
            return WithAsync(store, parsed, mayMake: true, io, async open =>
            {
                var rows = await StoreBackup.ReadAsync(file.FullName, open, io.Time, cancellation).ConfigureAwait(false);
                io.Out.Write($"Restored {Counted.Of(rows, "row")} into {store.AddressOf(parsed)}.\n");
                return ExitCode.Done;
            }, cancellation);
        });
        return command;
    }

    private static async Task<int> WithAsync(
        StoreOption option, ParseResult parsed, bool mayMake, CommandIo io, Func<SqlFindingStore, Task<int>> work, CancellationToken cancellation)
    {
        if (await option.OpenAsync(parsed, mayMake, io, cancellation).ConfigureAwait(false) is not { } store) return ExitCode.Impossible;
        await using (store.ConfigureAwait(false))
        {
            try
            {
                return await work(store).ConfigureAwait(false);
            }
            catch (StoreException failure)
            {
                return io.Refuse(ExitCode.Impossible, failure.Message);
            }
        }
    }

    private static Option<TimeSpan> Time(string name, string description, TimeSpan standard) => new(name)
    {
        Description = $"{description} By default {standard.TotalDays:0}d.",
        HelpName = "DAYS",
        DefaultValueFactory = _ => standard,
        CustomParser = Read,
    };

    private static TimeSpan Read(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!Durations.TryParse(text, out var length)) result.AddError($"`{text}` is no length of time; write it as 90d.");
        else if (length < RetentionPolicy.Shortest) result.AddError($"`{text}` is too short: nothing is deleted before it is {RetentionPolicy.Shortest.TotalDays:0}d old.");
        return length;
    }
}
