using System.CommandLine;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Kql.Types;

namespace AksInsights.Service.Commands;

/// <summary><c>query show</c>: tells what a query finds, why it matters and what to do, with its parameters and its text.</summary>
internal static class QueryShowCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var id = QueryCommand.Id();
        var library = new LibraryOptions();
        var kql = new Option<bool>("--kql") { Description = "Print only the KQL, ready to paste into the portal." };
        var command = new Command("show", "Tell what a query finds, why it matters and what to do about it.") { id, kql };
        library.AddTo(command);
        command.SetAction(parsed =>
        {
            if (library.Load(parsed, [parsed.GetValue(id)!], io, out var refusal) is not { } loaded) return refusal;
            LibraryOptions.PrintProblems(loaded, io);
            foreach (var query in loaded.Queries)
            {
                if (parsed.GetValue(kql)) io.Out.Write(query.Text.Kql);
                else Write(query, io.Out);
            }

            return loaded.HasErrors ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static void Write(QueryDefinition query, TextWriter to)
    {
        var metadata = query.Metadata;
        to.Write($"{query.Id}: {metadata.Name} ({SeverityText.Format(metadata.Severity)})\n");
        Section(to, "What it finds", metadata.Description);
        Section(to, "Why it matters", metadata.Impact);
        Section(to, "What to do", metadata.Remediation);
        Section(to, "When it is no problem", string.Join('\n', metadata.FalsePositives.Select(f => "- " + f)));
        Section(to, "Parameters", string.Join('\n', query.Text.Header.Parameters.Select(Describe)));
        Section(to, "Reads", $"{string.Join(", ", metadata.Requires.Tables.Concat(metadata.Requires.Sparse))}; every {Durations.Format(metadata.Schedule.Every)}, {Durations.Format(metadata.Schedule.Lookback)} back");
        Section(to, "Sources", string.Join(", ", metadata.Sources));
        Section(to, "KQL", query.Text.Kql);
    }

    private static string Describe(QueryParameter parameter)
    {
        var value = ParameterText.Format(parameter.Type, parameter.Default);
        var bounds = (parameter.Min, parameter.Max) switch
        {
            (null, null) => "",
            (_, null) => $", at least {ParameterText.Format(parameter.Type, parameter.Min)}",
            (null, _) => $", at most {ParameterText.Format(parameter.Type, parameter.Max)}",
            _ => $", {ParameterText.Format(parameter.Type, parameter.Min)} to {ParameterText.Format(parameter.Type, parameter.Max)}",
        };
        return $"{parameter.Name} = {value} ({parameter.Type.Name()}{bounds}) {parameter.Describe}".TrimEnd();
    }

    private static void Section(TextWriter to, string name, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        to.Write($"\n{name}\n");
        foreach (var line in text.TrimEnd().Split('\n')) to.Write($"  {line}".TrimEnd() + "\n");
    }
}
