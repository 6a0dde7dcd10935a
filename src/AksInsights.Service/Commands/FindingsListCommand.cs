using System.CommandLine;
using AksInsights.Core.Findings;
using Condition = AksInsights.Core.Findings.Condition;

namespace AksInsights.Service.Commands;

/// <summary><c>findings list</c>: the findings of a store, worst first.</summary>
internal static class FindingsListCommand
{
    private static readonly Condition[] Present = [Condition.Open, Condition.Clearing];

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var store = new StoreOption(required: true);
        var filter = new Filter();
        var output = SharedOptions.Output(KqlOutput.Table, KqlOutput.Json);
        var command = new Command("list", "List findings, worst first; those that are resolved only when asked for.") { output };
        store.AddTo(command);
        filter.AddTo(command);
        command.SetAction((parsed, cancellation) => FindingsCommand.WithStoreAsync(
            store,
            parsed,
            io,
            async open =>
            {
                if (!filter.TryRead(parsed, io, out var wanted)) return ExitCode.Misuse;
                var findings = await open.ListAsync(wanted, cancellation).ConfigureAwait(false);
                if (parsed.GetValue(output) == KqlOutput.Json) JsonText.WriteArray(io.Out, findings, FindingJson.Write);
                else Write(findings, io.Out);
                return ExitCode.Done;
            },
            cancellation));
        return command;
    }

    private static void Write(IReadOnlyList<Finding> findings, TextWriter to) => AlignedText.Write(
        to,
        ["id", "severity", "condition", "workflow", "since", "query", "what was found"],
        findings.Select(f => new[]
        {
            f.Id.Value, SeverityText.Format(f.Severity), FindingJson.Kebab(f.Condition.ToString()), FindingJson.WorkflowName(f.Workflow),
            FindingJson.Time(f.EpisodeSince), f.Query.Value, f.Content.Title,
        }));

    private sealed class Filter
    {
        private readonly Option<string?> _query = new("--query", "-q") { Description = "Only findings of this query.", HelpName = "AREA/NAME" };
        private readonly Option<string?> _severity = new("--severity") { Description = "Only findings at least this bad.", HelpName = "info|warning|error|critical" };
        private readonly Option<string?> _cluster = new("--cluster") { Description = "Only findings in the cluster of this resource id.", HelpName = "ID" };
        private readonly Option<bool> _resolved = new("--resolved") { Description = "Also findings that are pending or resolved." };
        private readonly Option<int?> _limit = new("--limit") { Description = "At most this many.", HelpName = "N" };

        public void AddTo(Command command)
        {
            _severity.AcceptOnlyFromAmong("info", "warning", "error", "critical");
            foreach (var option in new Option[] { _query, _severity, _cluster, _resolved, _limit }) command.Add(option);
        }

        public bool TryRead(ParseResult parsed, CommandIo io, out FindingFilter filter)
        {
            QueryId? query = null;
            filter = new FindingFilter();
            if (parsed.GetValue(_query) is { } text)
            {
                if (!QueryId.TryParse(text, out var id))
                {
                    io.Refuse(ExitCode.Misuse, $"`{text}` is no query; write its id, such as pods/crash-loop.");
                    return false;
                }

                query = id;
            }

            filter = new FindingFilter
            {
                Query = query,
                MinSeverity = SeverityText.TryParse(parsed.GetValue(_severity), out var severity) ? severity : null,
                Cluster = parsed.GetValue(_cluster)?.ToLowerInvariant(),
                Conditions = parsed.GetValue(_resolved) ? null : Present,
                Limit = parsed.GetValue(_limit),
            };
            return true;
        }
    }
}
