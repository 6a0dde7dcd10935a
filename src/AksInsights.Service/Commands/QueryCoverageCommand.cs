using System.CommandLine;
using AksInsights.Core.Queries.OtherTools;
using AksInsights.Kql.Diagnostics;

namespace AksInsights.Service.Commands;

/// <summary><c>query coverage</c>: which checks of other tools the library covers, which it cannot, and why.</summary>
internal static class QueryCoverageCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var library = new LibraryOptions();
        var tools = new Option<string[]>("--tool") { Description = "Only this tool, such as popeye. May be given several times.", HelpName = "NAME" };
        var state = new Option<string[]>("--state") { Description = "Only checks in this state: covered, likely, cannot, open or apart. May be given several times.", HelpName = "STATE" };
        state.AcceptOnlyFromAmong([.. Enum.GetValues<CoverageState>().Select(CoverageText.Name)]);
        var output = SharedOptions.Output(KqlOutput.Table, KqlOutput.Json, "markdown");
        var command = new Command("coverage", "Compare the library with what other tools check.") { tools, state, output };
        library.AddTo(command);
        command.SetAction(parsed =>
        {
            if (library.Load(parsed, [], io, out var refusal) is not { } loaded) return refusal;
            LibraryOptions.PrintProblems(loaded, io);
            if (CoverageFile.Load(loaded.Folder) is not { } file)
                return io.Refuse(ExitCode.Impossible, $"`{loaded.Folder}` has no `{CoverageFile.Name}`, which lists the checks of other tools.");
            var wrong = file.Diagnostics.Concat(loaded.Queries.SelectMany(file.CheckSources)).Concat(file.CheckMatrix(loaded.Queries)).ToList();
            foreach (var diagnostic in wrong) io.Error.Write(diagnostic.Print());
            var wanted = parsed.GetValue(tools) ?? [];
            if (wanted.FirstOrDefault(t => !file.Content.Tools.ContainsKey(t)) is { } unknown)
                return io.Refuse(ExitCode.Misuse, $"There is no tool `{unknown}`.", NearestNames.Sentence(unknown, file.Content.Tools.Keys) ?? $"There are {string.Join(", ", file.Content.Tools.Keys)}.");
            var matrix = CoverageMatrix.Of(file.Content, loaded.Queries);
            var shown = new CoverageMatrix([.. matrix.Tools.Where(t => wanted.Length == 0 || wanted.Contains(t.Tool))]);
            new CoverageText(shown, file.Content, parsed.GetValue(state) ?? []).Write(parsed.GetValue(output)!, io.Out);
            return wrong.Count > 0 || loaded.HasErrors ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }
}
