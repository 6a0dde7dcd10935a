using System.CommandLine;
using AksInsights.Core.Alerts;
using AksInsights.Core.Digests;

namespace AksInsights.Service.Commands;

/// <summary><c>digest</c>: what is new, worse, over and still open, on demand.</summary>
internal static class DigestCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io) => new("digest", "Tell what is new, worse, resolved and still open.") { CreatePreview(io), CreateSend(io) };

    private static Command CreatePreview(CommandIo io)
    {
        var store = new StoreOption(required: true);
        var config = new ConfigOption();
        var library = new LibraryOptions();
        var since = SharedOptions.Time("--since", "From when, in UTC. By default a day before --until.");
        var until = SharedOptions.Time("--until", "Until when, in UTC. By default now.");
        var first = new Option<bool>("--first") { Description = "As the first digest of a channel: counts what is there." };
        var cluster = new Option<string?>("--cluster") { Description = "Only this cluster, by name or resource id; stars are allowed.", HelpName = "NAME" };
        var owner = new Option<string?>("--owner") { Description = "Only the namespaces of this owner of the configuration.", HelpName = "NAME" };
        var channel = new Option<string?>("--channel") { Description = "As this channel of the configuration would send it.", HelpName = "NAME" };
        var output = SharedOptions.Output("markdown", "html", "json");
        var command = new Command("preview", "Show a digest, without sending it.") { since, until, first, cluster, owner, channel, output };
        store.AddTo(command);
        config.AddTo(command);
        library.AddTo(command);
        command.SetAction((parsed, cancellation) => AlertsCommand.WithAlertsAsync(
            store, config, library, parsed, io,
            async (open, alerts) =>
            {
                var end = parsed.GetValue(until) ?? io.Time.GetUtcNow();
                DateTimeOffset? begin = parsed.GetValue(first) ? null : parsed.GetValue(since) ?? (end - TimeSpan.FromDays(1));
                var scope = new DigestScope(parsed.GetValue(cluster), parsed.GetValue(owner));
                var digest = await alerts.Digests(open).BuildAsync(scope, begin, end, cancellation).ConfigureAwait(false);
                var document = alerts.DigestWriter.Write(digest);
                if (parsed.GetValue(channel) is { } name) return Preview(alerts, document, name, end, io);
                io.Out.Write(parsed.GetValue(output) switch
                {
                    "html" => MailHtml.Write(document),
                    "json" => document.ToJson() + "\n",
                    _ => MarkdownText.Write(document),
                });
                return ExitCode.Done;
            },
            cancellation));
        return command;
    }

    private static int Preview(Alerts.AlertTools alerts, AlertDocument document, string name, DateTimeOffset at, CommandIo io)
    {
        if (alerts.Settings.Channels.FirstOrDefault(c => c.Name == name) is not { } channel)
            return io.Refuse(ExitCode.Misuse, $"There is no channel `{name}`.", Kql.Diagnostics.NearestNames.Sentence(name, alerts.Settings.Channels.Select(c => c.Name)));
        var message = new AlertMessage { Key = "msg_preview", ThreadKey = "thread_preview", At = at, Items = [], Document = document };
        io.Out.Write(channel.Preview(message) + "\n");
        return ExitCode.Done;
    }

    private static Command CreateSend(CommandIo io)
    {
        var store = new StoreOption(required: true);
        var config = new ConfigOption();
        var library = new LibraryOptions();
        var name = new Argument<string?>("NAME") { Description = "The digest of the configuration; all without a name.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("send", "Send digests of the configuration now: everything since the last one that was delivered.") { name };
        store.AddTo(command);
        config.AddTo(command);
        library.AddTo(command);
        command.SetAction((parsed, cancellation) => AlertsCommand.WithAlertsAsync(
            store, config, library, parsed, io,
            async (open, alerts) =>
            {
                var wanted = alerts.Settings.Digests.Where(d => parsed.GetValue(name) is not { } one || d.Name == one).ToList();
                if (wanted.Count == 0) return io.Refuse(ExitCode.Misuse, "The configuration has no such digest.", "Add it to `Alerts:Digests`.");
                var now = io.Time.GetUtcNow();
                foreach (var plan in wanted) await alerts.Digests(open).SendAsync(plan, now, now, cancellation).ConfigureAwait(false);
                var report = await alerts.Dispatcher(open, io.Time).DispatchAsync(cancellation).ConfigureAwait(false);
                io.Error.WriteLine($"{Counted.Of(report.Messages, "message")} sent, {report.PutOff} put off, {report.Refused} refused.{(report.LastTrouble is null ? "" : " " + report.LastTrouble)}");
                return report.Refused + report.PutOff == 0 ? ExitCode.Done : ExitCode.Failed;
            },
            cancellation));
        return command;
    }
}
