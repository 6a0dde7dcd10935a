using AksInsights.Service.Commands;

namespace AksInsights.Tests.Commands;

/// <summary>The scripts in <c>Golden/cli</c>: what each command prints, to the letter. UPDATE_EXPECTED=1 rewrites them, for review.</summary>
public class CliScriptTests
{
    private static readonly string Folder = Repository.Path("tests", "AksInsights.Tests", "Golden", "cli");

    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(Folder, "*.txt").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task CommandsPrintWhatTheScriptSays(string name)
    {
        var path = Path.Combine(Folder, name);
        var text = await File.ReadAllTextAsync(path);
        var script = CliScript.Parse(text);
        Assert.Equal(text, script.ToString());
        Assert.NotEmpty(script.Steps);
        var directory = Directory.CreateTempSubdirectory("aksinsights-cli-");
        try
        {
            foreach (var (file, body) in script.Files) Write(Path.Combine(directory.FullName, file), body);
            foreach (var step in script.Steps) await RunAsync(step, directory.FullName);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            directory.Delete(recursive: true);
        }

        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1" && Environment.GetEnvironmentVariable("CI") is null)
            await File.WriteAllTextAsync(path, script.ToString());
        else
            Assert.Equal(text, script.ToString());
    }

    private static async Task RunAsync(CliStep step, string directory)
    {
        using var results = new StringWriter { NewLine = "\n" };
        using var messages = new StringWriter { NewLine = "\n" };
        var io = new CommandIo(TextReader.Null, results, messages, IsInteractive: false, Width: null, new ManualTime(Now));
        var arguments = step.Split().Select(a => a.Replace("{dir}", directory, StringComparison.Ordinal)).ToArray();
        step.Exit = await CommandLineTable.RunAsync(arguments, io, CancellationToken.None);
        step.Out = results.ToString().Replace(directory, "{dir}", StringComparison.Ordinal).ReplaceLineEndings("\n");
        step.Error = messages.ToString().Replace(directory, "{dir}", StringComparison.Ordinal);
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
