using System.CommandLine;
using AksInsights.Adapters.Libraries;
using AksInsights.Core.Queries;
using AksInsights.Core.Queries.Differences;

namespace AksInsights.Service.Commands;

/// <summary><c>query diff</c>: what changed in a library since another state of it.</summary>
internal static class QueryDiffCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var other = new Argument<string>("BEFORE") { Description = "The older state: a folder with queries, or a commit, branch or tag of the repository that the library is in." };
        var library = new LibraryOptions();
        var meaning = new Option<bool>("--meaning") { Description = "Only what may find something else than before; not words and tests." };
        var output = SharedOptions.Output("text", KqlOutput.Json);
        var command = new Command("diff", "Tell what changed in a library: queries that are new, gone or changed, and in what.") { other, meaning, output };
        library.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = library.WorkingFolderOf(parsed) ?? LibraryOptions.Shipped;
            if (LibraryOptions.LoadAll(folder, io) is not { } after) return ExitCode.Impossible;
            var scratch = Directory.CreateTempSubdirectory("aksinsights-diff-");
            try
            {
                if (await LoadBeforeAsync(parsed.GetValue(other)!, folder, scratch.FullName, io, cancellation).ConfigureAwait(false) is not { } before) return ExitCode.Impossible;
                var difference = LibraryDifference.Between(before.Queries, after.Queries);
                var shown = difference.Queries.Where(q => !parsed.GetValue(meaning) || q.ChangesMeaning).ToList();
                if (parsed.GetValue(output) == KqlOutput.Json) WriteJson(shown, io.Out);
                else Write(shown, difference, parsed.GetValue(meaning), io.Out);
                return ExitCode.Done;
            }
            finally
            {
                scratch.Delete(recursive: true);
            }
        });
        return command;
    }

    private static async Task<QueryLibrary?> LoadBeforeAsync(string other, string folder, string scratch, CommandIo io, CancellationToken cancellation)
    {
        if (Directory.Exists(other)) return LibraryOptions.LoadAll(other, io);
        if (await GitFolder.ExtractAsync(folder, other, scratch, cancellation).ConfigureAwait(false) is not { } refusal) return LibraryOptions.LoadAll(scratch, io);
        io.Refuse(ExitCode.Impossible, $"`{other}` is no folder, and `{folder}` cannot be had as it was there. {refusal}", "Name a folder with queries, or a commit, branch or tag.");
        return null;
    }

    private static void Write(IReadOnlyList<QueryDifference> shown, LibraryDifference all, bool meaning, TextWriter to)
    {
        foreach (var query in shown)
        {
            to.Write($"{FindingJson.Kebab(query.Kind.ToString()),-9}{query.Query}: {query.Name}\n");
            foreach (var change in query.Changes.Where(c => c.IsMeaning || !meaning)) to.Write($"         {Told(change)}\n");
        }

        int Count(DifferenceKind kind) => all.Queries.Count(q => q.Kind == kind);
        var finds = all.Queries.Count(q => q.Kind == DifferenceKind.Changed && q.ChangesMeaning);
        to.Write($"{Count(DifferenceKind.Added)} added, {Count(DifferenceKind.Removed)} removed, {Count(DifferenceKind.Changed)} changed ({finds} in what they find), {all.Same} the same.\n");
    }

    private static string Told(QueryChange change)
    {
        var what = (change.Before, change.After) switch
        {
            (null, null) => "changed",
            (null, var after) => $"now {after}",
            (var before, null) => $"no longer {before}",
            var (before, after) => $"{Empty(before)} -> {Empty(after)}",
        };
        return $"{change.Part}: {what}{(change.Part == "key" ? "; its findings begin anew" : "")}";
    }

    private static string Empty(string text) => text.Length == 0 ? "nothing" : text;

    private static void WriteJson(IReadOnlyList<QueryDifference> shown, TextWriter to) => JsonText.WriteArray(to, shown, (json, query) =>
    {
        json.WriteString("query", query.Query.Value);
        json.WriteString("kind", FindingJson.Kebab(query.Kind.ToString()));
        json.WriteString("name", query.Name);
        json.WriteBoolean("meaning", query.ChangesMeaning);
        json.WriteStartArray("changes");
        foreach (var change in query.Changes)
        {
            json.WriteStartObject();
            json.WriteString("part", change.Part);
            json.WriteString("before", change.Before);
            json.WriteString("after", change.After);
            json.WriteBoolean("meaning", change.IsMeaning);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
