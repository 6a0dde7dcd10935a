using System.CommandLine;
using AksInsights.Adapters.Forges;

namespace AksInsights.Service.Commands;

/// <summary><c>doctor</c>: looks at everything a scan needs, and says what to do about what is not right.</summary>
internal static class DoctorCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var workspace = SharedOptions.Workspace();
        var store = new StoreOption(required: false);
        var library = new LibraryOptions();
        var config = new ConfigOption();
        var output = SharedOptions.Output("text", KqlOutput.Json);
        var sendTest = new Option<bool>("--send-test") { Description = "Send a message that says it is a test to every channel of the configuration." };
        var command = new Command("doctor", "Look at everything a scan or the service needs, and say what to do about what is not right.") { workspace, output, sendTest };
        var hosts = new HostOptions();
        hosts.AddTo(command);
        store.AddTo(command);
        config.AddTo(command);
        library.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var queries = DoctorChecks.Library(library.FolderOf(parsed));
            var advice = new List<Advice> { DoctorChecks.Clock(io.Time), queries.Advice };
            if (config.IsThere(parsed))
            {
                if (config.Read(parsed, io) is not { } configuration) return ExitCode.Impossible;
                advice.AddRange(await LiveDoctor.LookAsync(configuration, queries.Library, parsed.GetValue(sendTest), io, cancellation).ConfigureAwait(false));
            }
            else if (parsed.GetValue(sendTest))
            {
                return io.Refuse(ExitCode.Misuse, "--send-test goes with --config, which names the channels.");
            }

            if (!config.IsThere(parsed) || parsed.GetValue(workspace) is not null)
                advice.AddRange(DoctorChecks.Workspace(parsed.GetValue(workspace), queries.Library, io.Time, cancellation));
            advice.Add(await DoctorChecks.StoreAsync(store.AddressOf(parsed), io.Time, cancellation).ConfigureAwait(false));
            await hosts.LookAsync(parsed, advice, io, cancellation).ConfigureAwait(false);
            if (parsed.GetValue(output) == KqlOutput.Json) PrintJson(advice, io.Out);
            else foreach (var line in advice) Print(line, io.Out);
            return advice.Any(a => a.State == AdviceState.Wrong) ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private sealed class HostOptions
    {
        private readonly Option<string?> _grafana = new("--grafana") { Description = "The address of a Grafana, to see whether it takes the token that dashboards are pushed with.", HelpName = "URL" };

        private readonly Option<string?> _remote = new("--remote") { Description = "The repository that changes are proposed to, as git writes its address, to see whether the forge takes the token.", HelpName = "URL" };

        private readonly Option<string?> _forge = ProposeOptions.Forge();

        private readonly Option<Uri?> _api = ProposeOptions.Api();

        public void AddTo(Command command)
        {
            foreach (var option in new Option[] { _grafana, _remote, _forge, _api }) command.Add(option);
        }

        public async Task LookAsync(ParseResult parsed, List<Advice> advice, CommandIo io, CancellationToken cancellation)
        {
            if (parsed.GetValue(_grafana) is { } grafana) advice.Add(await HostDoctor.GrafanaAsync(grafana, Environment.GetEnvironmentVariable, cancellation).ConfigureAwait(false));
            if (parsed.GetValue(_remote) is not { } remote) return;
            var address = ForgeAddress.Read(remote, ProposeOptions.KindOf(parsed.GetValue(_forge)), parsed.GetValue(_api));
            advice.Add(await HostDoctor.ForgeAsync(address, Environment.GetEnvironmentVariable, io.Time, cancellation).ConfigureAwait(false));
        }
    }

    private static void Print(Advice advice, TextWriter to)
    {
        var state = advice.State switch { AdviceState.Good => "ok   ", AdviceState.Doubtful => "note ", _ => "WRONG" };
        to.Write($"{state}  {advice.Subject}: {advice.Found}\n");
        if (advice.Next is not null) to.Write($"       {advice.Next}\n");
    }

    private static void PrintJson(IReadOnlyList<Advice> advice, TextWriter to) => JsonText.WriteArray(to, advice, (json, line) =>
    {
        json.WriteString("state", line.State switch { AdviceState.Good => "ok", AdviceState.Doubtful => "warning", _ => "failed" });
        json.WriteString("subject", line.Subject);
        json.WriteString("found", line.Found);
        if (line.Next is not null) json.WriteString("next", line.Next);
    });
}

/// <summary>How something stands.</summary>
internal enum AdviceState
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Works, but a person should know.</summary>
    Doubtful,

    /// <summary>Does not work.</summary>
    Wrong,
}

/// <summary>What was found about one thing, and what to do next.</summary>
internal sealed record Advice(AdviceState State, string Subject, string Found, string? Next = null);
