using System.CommandLine;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Service.Alerts;

namespace AksInsights.Service.Commands;

/// <summary><c>alerts</c>: what was told to whom, what waits, what was refused, and what would be told.</summary>
internal static class AlertsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io) => new("alerts", "See what was told to whom and what waits; send it, send it again, preview it.")
    {
        CreateList(io), CreateExplain(io), CreateSend(io), CreateResend(io), CreatePreview(io), CreateTemplates(io),
    };

    private static Command CreateList(CommandIo io)
    {
        var store = new StoreOption(required: true);
        var channel = new Option<string?>("--channel") { Description = "Only messages of this channel.", HelpName = "NAME" };
        var state = new Option<string?>("--state") { Description = "Only messages in this state.", HelpName = "waiting|delivered|refused" };
        var limit = new Option<int>("--limit") { Description = "At most this many.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var output = SharedOptions.Output(KqlOutput.Table, KqlOutput.Json);
        state.AcceptOnlyFromAmong("waiting", "delivered", "refused");
        var command = new Command("list", "List messages, newest first.") { channel, state, limit, output };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => FindingsCommand.WithStoreAsync(
            store,
            parsed,
            io,
            async open =>
            {
                MessageState? wanted = parsed.GetValue(state) is { } text ? Enum.Parse<MessageState>(text, ignoreCase: true) : null;
                var filter = new MessageFilter(parsed.GetValue(channel), null, wanted, parsed.GetValue(limit));
                var messages = await open.Outbox.ListAsync(filter, cancellation).ConfigureAwait(false);
                if (parsed.GetValue(output) == KqlOutput.Json) JsonText.WriteArray(io.Out, messages, MessageJson.Write);
                else Write(messages, io.Out);
                return ExitCode.Done;
            },
            cancellation));
        return command;
    }

    private static Command CreateExplain(CommandIo io)
    {
        var id = FindingsCommand.Id();
        var store = new StoreOption(required: true);
        var command = new Command("explain", "Tell who was told of a finding, and who was not and why.") { id };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => FindingsCommand.WithStoreAsync(
            store,
            parsed,
            io,
            async open =>
            {
                if (await FindingsCommand.FindAsync(open, parsed.GetValue(id)!, io, cancellation).ConfigureAwait(false) is not { } finding) return ExitCode.Misuse;
                var messages = await open.Outbox.AboutAsync(finding.Id, cancellation).ConfigureAwait(false);
                io.Out.Write($"{PlainText.Line(finding.Content.Title)}\n\n");
                if (messages.Count > 0) Write(messages, io.Out);
                else io.Out.Write(WhyNobody(finding) + "\n");
                return ExitCode.Done;
            },
            cancellation));
        return command;
    }

    private static Command CreateSend(CommandIo io)
    {
        var store = new StoreOption(required: true);
        var config = new ConfigOption();
        var library = new LibraryOptions();
        var command = new Command("send", "Send the messages that are due, once. `serve` does this all the time.");
        store.AddTo(command);
        config.AddTo(command);
        library.AddTo(command);
        command.SetAction((parsed, cancellation) => WithAlertsAsync(
            store, config, library, parsed, io,
            async (open, alerts) =>
            {
                var report = await alerts.Dispatcher(open, io.Time).DispatchAsync(cancellation).ConfigureAwait(false);
                io.Error.WriteLine(report.IsEmpty
                    ? "No message is due."
                    : $"{Counted.Of(report.Messages, "message")} sent; {report.Delivered} settled, {report.PutOff} put off, {report.Refused} refused.{(report.LastTrouble is null ? "" : " " + report.LastTrouble)}");
                return report.Refused + report.PutOff == 0 ? ExitCode.Done : ExitCode.Failed;
            },
            cancellation));
        return command;
    }

    private static Command CreateResend(CommandIo io)
    {
        var key = new Argument<string?>("KEY") { Description = "The key of a refused message; `alerts list --state refused` shows them.", Arity = ArgumentArity.ZeroOrOne };
        var channel = new Option<string?>("--channel") { Description = "All that this channel refused.", HelpName = "NAME" };
        var store = new StoreOption(required: true);
        var command = new Command("resend", "Let messages that were refused be sent again.") { key, channel };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => FindingsCommand.WithStoreAsync(
            store,
            parsed,
            io,
            open => ResendAsync(open, parsed.GetValue(key), parsed.GetValue(channel), io, cancellation),
            cancellation));
        return command;
    }

    private static async Task<int> ResendAsync(SqlFindingStore store, string? key, string? channel, CommandIo io, CancellationToken cancellation)
    {
        if ((key is null) == (channel is null)) return io.Refuse(ExitCode.Misuse, "Give the key of a message, or --channel.", "`aksinsights alerts list --state refused` shows both.");
        var filter = new MessageFilter(channel, State: MessageState.Refused, Limit: int.MaxValue);
        IReadOnlyList<string> keys = key is not null ? [key] : [.. (await store.Outbox.ListAsync(filter, cancellation).ConfigureAwait(false)).Select(m => m.Message.Key).Reverse()];
        if (keys.Count == 0) return io.Refuse(ExitCode.Misuse, $"Channel `{channel}` has refused no message.", "`aksinsights alerts list --state refused` shows those that were refused.");
        foreach (var name in keys)
        {
            if (!await store.Outbox.ResendAsync(name, io.Time.GetUtcNow(), cancellation).ConfigureAwait(false))
                return io.Refuse(ExitCode.Misuse, $"There is no refused message `{name}`.", "`aksinsights alerts list --state refused` shows the keys.");
            io.Out.Write($"{name}  waiting\n");
        }

        return ExitCode.Done;
    }

    private static Command CreatePreview(CommandIo io)
    {
        var id = FindingsCommand.Id();
        var store = new StoreOption(required: true);
        var config = new ConfigOption();
        var library = new LibraryOptions();
        var channel = new Option<string?>("--channel") { Description = "As this channel of the configuration would send it; as Markdown without one.", HelpName = "NAME" };
        var command = new Command("preview", "Show what would be told of a finding, without sending it.") { id, channel };
        store.AddTo(command);
        config.AddTo(command);
        library.AddTo(command);
        command.SetAction((parsed, cancellation) => WithAlertsAsync(
            store, config, library, parsed, io,
            async (open, alerts) =>
            {
                if (await FindingsCommand.FindAsync(open, parsed.GetValue(id)!, io, cancellation).ConfigureAwait(false) is not { } finding) return ExitCode.Misuse;
                return Preview(alerts, finding, parsed.GetValue(channel), io);
            },
            cancellation));
        return command;
    }

    private static int Preview(AlertTools alerts, Finding finding, string? name, CommandIo io)
    {
        var kind = finding.Condition == Core.Findings.Condition.Resolved ? FindingEventKind.Resolved : FindingEventKind.Opened;
        var item = new AlertItem(finding, kind, finding.Episode, finding.Severity, finding.LastSeen, alerts.Settings.Policy.OwnerOf(finding.Key)?.Name);
        var document = alerts.Writer.Write([item], "");
        if (name is null)
        {
            io.Out.Write(MarkdownText.Write(document));
            return ExitCode.Done;
        }

        if (alerts.Settings.Channels.FirstOrDefault(c => c.Name == name) is not { } channel)
            return io.Refuse(ExitCode.Misuse, $"There is no channel `{name}`.", Kql.Diagnostics.NearestNames.Sentence(name, alerts.Settings.Channels.Select(c => c.Name)));
        var message = new AlertMessage { Key = "msg_preview", ThreadKey = "thread_preview", At = item.At, Items = [item], Document = document };
        io.Out.Write(channel.Preview(message) + "\n");
        return ExitCode.Done;
    }

    private static Command CreateTemplates(CommandIo io)
    {
        var command = new Command("templates", "Show the shipped templates, to copy and change: NAME.hbs in the folder that Alerts:Templates names.");
        command.SetAction(_ =>
        {
            foreach (var name in AlertTemplates.Names) io.Out.Write($"{name}.hbs\n  {AlertTemplates.Default(name)}\n");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Opens the store and reads the configuration, does something and closes both.</summary>
    public static async Task<int> WithAlertsAsync(
        StoreOption store, ConfigOption config, LibraryOptions library, ParseResult parsed, CommandIo io, Func<SqlFindingStore, AlertTools, Task<int>> work, CancellationToken cancellation)
    {
        if (config.Alerts(parsed, io) is not { } settings) return ExitCode.Impossible;
        await using (settings.ConfigureAwait(false))
        {
            if (library.Load(parsed, [], io, out var refusal) is not { } queries) return refusal;
            var alerts = new AlertTools(settings, queries.Queries);
            try
            {
                return await FindingsCommand.WithStoreAsync(store, parsed, io, open => work(open, alerts), cancellation).ConfigureAwait(false);
            }
            catch (AlertTemplateException error)
            {
                return io.Refuse(ExitCode.Impossible, error.Message, "`aksinsights alerts templates` shows the shipped ones.");
            }
        }
    }

    private static string WhyNobody(Finding finding)
    {
        if (finding.Baseline) return "Nobody was told: it was there when its query first looked at its cluster. Such findings are counted in the digest.";
        if (finding.Workflow.Mutes) return "Nobody was told: people have silenced it.";
        if (finding.Condition == Core.Findings.Condition.Pending) return "Nobody was told: it has not lasted long enough yet.";
        return finding.Told ? "No route takes it, or there was no configuration when it opened." : "Nobody was told: it came and went too often, or was silenced when it opened.";
    }

    private static void Write(IReadOnlyList<MessageRecord> messages, TextWriter to) => AlignedText.Write(
        to,
        ["key", "channel", "what", "finding", "made", "state", "tries", "answer"],
        messages.Select(m => new[]
        {
            m.Message.Key, m.Message.Channel, m.Message.Kind, m.Message.Finding?.Value ?? "", FindingJson.Time(m.Message.CreatedAt), MessageJson.State(m), m.Attempts.ToString(), PlainText.Line(m.Answer ?? ""),
        }));
}
