using System.Text.RegularExpressions;

namespace AksInsights.Tests;

/// <summary>Files and methods that a reader can hold in the head.</summary>
public sealed partial class SourceShapeTests
{
    private const int MaxFileLines = 500;

    // The aim is 40; this is the longest there is, and may only go down.
    private const int MaxMethodLines = 76;

    private static IEnumerable<string> Sources => new[] { "src", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [Fact]
    public void NoFileIsLong() =>
        Assert.Empty(Sources.Select(file => (file, lines: File.ReadLines(file).Count())).Where(f => f.lines > MaxFileLines).Select(f => $"{f.file}: {f.lines} lines"));

    [Fact]
    public void NoMethodOfTheProgramIsLong() =>
        Assert.Empty(Sources.Where(file => file.StartsWith(Repository.Path("src"), StringComparison.Ordinal)).SelectMany(LongMethods));

    [Fact]
    public void TheCounterOfMethodLinesSeesALongMethod()
    {
        var body = Enumerable.Repeat("        x++;", MaxMethodLines);
        string[] lines = ["    public static void Long(int x)", "    {", .. body, "    }"];
        Assert.Equal(["f.cs:1: Long has 79 lines"], LongMethods("f.cs", lines));
    }

    /// <summary>
    /// The members of a type begin and end at an indentation of four, as the formatter makes sure; so a line there with an open parenthesis begins a method,
    /// and the next closing brace there ends it. Lines that yield are not counted, as a list is read line by line.
    /// </summary>
    private static IEnumerable<string> LongMethods(string file) => LongMethods(file, File.ReadAllLines(file));

    private static IEnumerable<string> LongMethods(string file, string[] lines)
    {
        for (var start = 0; start < lines.Length; start++)
        {
            if (MethodStart().Match(lines[start]) is not { Success: true } match || lines[start].Contains("=>", StringComparison.Ordinal)) continue;
            var open = Array.FindIndex(lines, start, line => line is "    {" || line.EndsWith(';'));
            if (open < 0 || lines[open] != "    {") continue;
            var end = Array.FindIndex(lines, open, line => line is "    }" or "    };");
            var length = lines[start..(end + 1)].Count(line => !line.TrimStart().StartsWith("yield return ", StringComparison.Ordinal));
            if (length > MaxMethodLines) yield return $"{file}:{start + 1}: {match.Groups[1].Value} has {length} lines";
        }
    }

    [GeneratedRegex(@"^    (?:public|private|internal|protected)[^=;]*?\b(\w+)(?:<[^(]*>)?\(")]
    private static partial Regex MethodStart();
}
