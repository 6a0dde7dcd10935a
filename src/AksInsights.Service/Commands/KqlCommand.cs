using System.CommandLine;

namespace AksInsights.Service.Commands;

/// <summary><c>kql</c>: runs a query, or a file of queries, on a recorded workspace or on no tables at all.</summary>
internal static class KqlCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var text = new Argument<string?>("QUERY") { Description = "The KQL, or - to read it from standard input.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<FileInfo?>("--file", "-f") { Description = "Read the KQL from a file.", HelpName = "FILE" };
        var batch = new Option<FileInfo?>("--batch")
        {
            Description = "Run every line of a file, {\"id\", \"query\"} in JSON, and print a line of JSON for each.",
            HelpName = "FILE.jsonl",
        };
        var output = SharedOptions.Output(KqlOutput.Table, KqlOutput.Json, KqlOutput.Csv);
        var tables = new RecordingOptions();
        var command = new Command("kql", "Run a query in KQL.") { text, file, batch, output };
        tables.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var given = new[] { parsed.GetValue(text) is not null, parsed.GetValue(file) is not null, parsed.GetValue(batch) is not null };
            if (given.Count(g => g) != 1)
                return Task.FromResult(io.Refuse(ExitCode.Misuse, "Give exactly one of a query, --file and --batch.", "For example: aksinsights kql 'print 1 + 1'"));
            if (tables.Open(parsed, io) is not { } recording) return Task.FromResult(ExitCode.Impossible);
            // On a thread of its own, as signals are only listened to once the command has handed back a task.
            return Task.Run(
                () => parsed.GetValue(batch) is { } lines
                    ? RunBatch(lines, recording, io, cancellation)
                    : RunOne(parsed.GetValue(text), parsed.GetValue(file), parsed.GetValue(output)!, recording, io, cancellation),
                CancellationToken.None);
        });
        return command;
    }

    private static int RunOne(string? text, FileInfo? file, string output, KqlSession session, CommandIo io, CancellationToken cancellation)
    {
        var name = file?.ToString();
        if (file is not null && !TryReadFile(file, out text, io)) return ExitCode.Impossible;
        if (text == "-") (text, name) = (io.In.ReadToEnd(), "standard input");
        return KqlOutput.Print(session.Run(text!, name, cancellation), text!, name, output, session, io);
    }

    private static int RunBatch(FileInfo file, KqlSession session, CommandIo io, CancellationToken cancellation)
    {
        if (!TryReadFile(file, out var text, io)) return ExitCode.Impossible;
        var number = 0;
        foreach (var line in text!.Split('\n').Select(l => l.Trim()))
        {
            number++;
            if (line.Length == 0) continue;
            if (!BatchLine.TryRead(line, out var id, out var query))
                return io.Refuse(ExitCode.Misuse, $"{file}:{number}: A line is a JSON object with the texts `id` and `query`.");
            var answer = session.Run(query, id, cancellation);
            JsonText.WriteObject(io.Out, json =>
            {
                json.WriteString("id", id);
                answer.Write(json);
            });
            io.Out.Write('\n');
        }

        return ExitCode.Done;
    }

    private static bool TryReadFile(FileInfo file, out string? text, CommandIo io)
    {
        try
        {
            text = File.ReadAllText(file.FullName);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            text = null;
            io.Refuse(ExitCode.Impossible, $"The file `{file}` cannot be read: {failure.Message}");
            return false;
        }
    }
}
