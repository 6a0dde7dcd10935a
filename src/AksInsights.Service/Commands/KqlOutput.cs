using System.Text.Json;
using AksInsights.Kql;
using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Results;
using AksInsights.Kql.Text;

namespace AksInsights.Service.Commands;

/// <summary>Prints what came of a query: the rows on standard output, all else on standard error.</summary>
internal static class KqlOutput
{
    /// <summary>Aligned columns.</summary>
    public const string Table = "table";

    /// <summary>The query API's JSON.</summary>
    public const string Json = "json";

    /// <summary>Comma-separated values.</summary>
    public const string Csv = "csv";

    /// <summary>Prints an answer.</summary>
    /// <returns>The exit code.</returns>
    public static int Print(KqlAnswer answer, string text, string? name, string output, KqlSession session, CommandIo io)
    {
        switch (answer)
        {
            case KqlAnswer.Given given:
                Write(given, output, io.Out);
                PrintNotes(given.Result, text, name, io);
                if (output != Json && given.Timing is { } timing) WriteLine(io.Error, timing.Write);
                session.PrintProblems(io);
                return given.Result.PartialReason is null ? ExitCode.Done : ExitCode.Impossible;
            case KqlAnswer.Explained explained:
                if (output == Json) WriteLine(io.Out, explained.Write);
                else io.Out.Write(explained.Plan);
                return ExitCode.Done;
            case KqlAnswer.Refused refused:
                if (output == Json) WriteLine(io.Out, refused.Write);
                io.Error.Write(refused.Print(text, name));
                return ExitCode.Impossible;
            case var other:
                throw new InvalidOperationException($"An answer of a kind that does not exist: {other}.");
        }
    }

    private static void Write(KqlAnswer.Given answer, string output, TextWriter to)
    {
        if (output == Json)
        {
            WriteLine(to, answer.Write);
            return;
        }

        for (var i = 0; i < answer.Result.Tables.Count; i++)
        {
            if (i > 0) to.Write('\n');
            if (output == Csv) ResultText.WriteCsv(to, answer.Result.Tables[i]);
            else ResultText.WriteAligned(to, answer.Result.Tables[i]);
        }
    }

    private static void WriteLine(TextWriter to, Action<Utf8JsonWriter> members)
    {
        JsonText.WriteObject(to, members);
        to.Write('\n');
    }

    private static void PrintNotes(KqlResult result, string text, string? name, CommandIo io)
    {
        if (result.Warnings.Count > 0) io.Error.Write(CaretPrinter.Print(new SourceText(text, name), result.Warnings));
        if (result.PartialReason is not null) io.Error.WriteLine($"Warning: the result is partial. {result.PartialReason}");
    }
}
