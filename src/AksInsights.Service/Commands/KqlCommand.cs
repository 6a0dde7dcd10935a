using System.CommandLine;

namespace AksInsights.Service.Commands;

/// <summary><c>kql</c>: runs a query, or a file of queries, on a recorded workspace or on no tables at all.</summary>
internal static class KqlCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var options = new Options();
        var command = new Command("kql", "Run a query in KQL.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (options.Misuse(parsed, io) is { } refusal) return Task.FromResult(refusal);
            if (options.Tables.Open(parsed, io) is not { } session) return Task.FromResult(ExitCode.Impossible);
            var ask = options.Ask(parsed, session, cancellation);
            // On a thread of its own, as signals are only listened to once the command has handed back a task.
            return Task.Run(
                () => parsed.GetValue(options.Batch) is { } lines
                    ? RunBatch(lines, ask, io)
                    : RunOne(parsed.GetValue(options.Text), parsed.GetValue(options.File), parsed.GetValue(options.Output)!, ask, session, io),
                CancellationToken.None);
        });
        return command;
    }

    private static int RunOne(string? text, FileInfo? file, string output, Func<string, string?, KqlAnswer> ask, KqlSession session, CommandIo io)
    {
        var name = file?.ToString();
        if (file is not null && !TryReadFile(file, out text, io)) return ExitCode.Impossible;
        if (text == "-") (text, name) = (io.In.ReadToEnd(), "standard input");
        return KqlOutput.Print(ask(text!, name), text!, name, output, session, io);
    }

    private static int RunBatch(FileInfo file, Func<string, string?, KqlAnswer> ask, CommandIo io)
    {
        if (!TryReadFile(file, out var text, io)) return ExitCode.Impossible;
        var number = 0;
        foreach (var line in text!.Split('\n').Select(l => l.Trim()))
        {
            number++;
            if (line.Length == 0) continue;
            if (!BatchLine.TryRead(line, out var id, out var query))
                return io.Refuse(ExitCode.Misuse, $"{file}:{number}: A line is a JSON object with the texts `id` and `query`.");
            var answer = ask(query, id);
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

    private sealed class Options
    {
        public Argument<string?> Text { get; } = new("QUERY") { Description = "The KQL, or - to read it from standard input.", Arity = ArgumentArity.ZeroOrOne };

        public Option<FileInfo?> File { get; } = new("--file", "-f") { Description = "Read the KQL from a file.", HelpName = "FILE" };

        public Option<FileInfo?> Batch { get; } = new("--batch")
        {
            Description = "Run every line of a file, {\"id\", \"query\"} in JSON, and print a line of JSON for each.",
            HelpName = "FILE.jsonl",
        };

        public Option<string> Output { get; } = SharedOptions.Output(KqlOutput.Table, KqlOutput.Json, KqlOutput.Csv);

        public Option<bool> Explain { get; } = new("--explain") { Description = "Print the plan, as bound and after each rewrite that changed it; run nothing." };

        public Option<string?> Timing { get; } = new("--timing")
        {
            Description = "Say how long loading, binding and executing took: a member `timing` of a JSON answer, otherwise a line on standard error.",
            HelpName = "json",
        };

        public Option<int> Repeat { get; } = new("--repeat")
        {
            Description = "Execute N more times, and add median, least and processor time of these to the timing.",
            HelpName = "N",
        };

        public RecordingOptions Tables { get; } = new();

        public void AddTo(Command command)
        {
            command.Add(Text);
            Timing.AcceptOnlyFromAmong("json");
            foreach (var option in new Option[] { File, Batch, Output, Explain, Timing, Repeat }) command.Add(option);
            Tables.AddTo(command);
        }

        /// <summary>The exit code, after saying why, when the options do not go together.</summary>
        public int? Misuse(ParseResult parsed, CommandIo io)
        {
            var given = new[] { parsed.GetValue(Text) is not null, parsed.GetValue(File) is not null, parsed.GetValue(Batch) is not null };
            if (given.Count(g => g) != 1)
                return io.Refuse(ExitCode.Misuse, "Give exactly one of a query, --file and --batch.", "For example: aksinsights kql 'print 1 + 1'");
            if (parsed.GetResult(Repeat) is not null && (parsed.GetValue(Timing) is null || parsed.GetValue(Repeat) < 1))
                return io.Refuse(ExitCode.Misuse, "--repeat takes a number from 1, and only means something with --timing json.");
            if (parsed.GetValue(Explain) && parsed.GetValue(Timing) is not null)
                return io.Refuse(ExitCode.Misuse, "--explain runs nothing, so there is nothing for --timing to measure. Leave one of them out.");
            return null;
        }

        /// <summary>What is done with each query text.</summary>
        public Func<string, string?, KqlAnswer> Ask(ParseResult parsed, KqlSession session, CancellationToken cancellation)
        {
            if (parsed.GetValue(Explain)) return (text, name) => session.Explain(text, name, cancellation);
            if (parsed.GetValue(Timing) is not null) return (text, name) => session.Measure(text, name, parsed.GetValue(Repeat), cancellation);
            return (text, name) => session.Run(text, name, cancellation);
        }
    }
}
