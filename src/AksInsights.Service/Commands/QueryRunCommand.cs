using System.CommandLine;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Queries;

namespace AksInsights.Service.Commands;

/// <summary><c>query run</c>: runs one query of the library on a recorded workspace and prints its rows.</summary>
internal static class QueryRunCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var id = QueryCommand.Id();
        var library = new LibraryOptions();
        var recording = new RecordingOptions(required: true);
        var set = new Option<string[]>("--set")
        {
            Description = "A value for a parameter, such as minRestarts=5 or window=1h. May be given several times.",
            HelpName = "NAME=VALUE",
        };
        var output = SharedOptions.Output(KqlOutput.Table, KqlOutput.Json, KqlOutput.Csv);
        var command = new Command("run", "Run a query on a recorded workspace and print its rows.") { id, set, output };
        library.AddTo(command);
        recording.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (library.Load(parsed, [parsed.GetValue(id)!], io, out var refusal) is not { } loaded) return Task.FromResult(refusal);
            LibraryOptions.PrintProblems(loaded, io);
            if (loaded.Queries.Count != 1) return Task.FromResult(io.Refuse(ExitCode.Impossible, "The query has errors and cannot run."));
            if (ParameterValues.Read(loaded.Queries[0].Text.Header, parsed.GetValue(set) ?? [], io) is not { } values) return Task.FromResult(ExitCode.Misuse);
            if (recording.Open(parsed, io) is not { } session) return Task.FromResult(ExitCode.Impossible);
            return Task.Run(() => Run(loaded.Queries[0], values, session, parsed.GetValue(output)!, io, cancellation), CancellationToken.None);
        });
        return command;
    }

    private static int Run(
        QueryDefinition query, IReadOnlyDictionary<string, object?> values, KqlSession session, string output, CommandIo io, CancellationToken cancellation)
    {
        var plan = query.Plan(values);
        var window = EvaluationWindow.EndingAt(session.AsOf(cancellation), plan.Schedule);
        // Run as written first when it does not compile: places in the bound text would mean nothing to its author.
        var text = plan.Bind(window);
        var answer = session.Run(text, query.KqlFile, cancellation);
        if (answer is KqlAnswer.Refused { Diagnostics.Count: > 0 } && session.Run(query.Text.Kql, query.KqlFile, cancellation) is KqlAnswer.Refused written)
            (answer, text) = (written, query.Text.Kql);
        return KqlOutput.Print(answer, text, query.KqlFile, output, session, io);
    }
}
