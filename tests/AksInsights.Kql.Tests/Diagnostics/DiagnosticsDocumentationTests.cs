using System.Reflection;
using AksInsights.Kql.Diagnostics;

namespace AksInsights.Kql.Tests.Diagnostics;

/// <summary>The page of diagnostics and the codes say the same.</summary>
public class DiagnosticsDocumentationTests
{
    private static readonly Dictionary<string, string[]> Sections = ReadSections();

    private static IEnumerable<string> Codes => typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(constant => (string)constant.GetRawConstantValue()!);

    // Nesting beyond the limit would be no example to read.
    public static TheoryData<string> CodesWithExample => [.. Codes.Where(code => code[3] is '1' or '2' or '3' && code != DiagnosticCodes.TooDeep)];

    [Fact]
    public void EveryCodeHasAHeading() => Assert.Empty(Codes.Except(Sections.Keys));

    [Fact]
    public void EveryHeadingHasACode() => Assert.Empty(Sections.Keys.Except(Codes));

    [Fact]
    public void NoCodeIsUsedTwice() => Assert.Equal(Codes.Distinct(), Codes);

    [Theory]
    [MemberData(nameof(CodesWithExample))]
    public void TheExampleOfAMistakeHasThatMistake(string code)
    {
        var lines = Sections[code].SkipWhile(line => line != "```kql").Skip(1).TakeWhile(line => line != "```");
        new KqlEngine(EmptyTables.Samples).TryCompile(string.Join('\n', lines), null, out _, out var diagnostics);
        Assert.Contains(diagnostics, found => found.Code == code);
    }

    private static Dictionary<string, string[]> ReadSections()
    {
        var sections = new Dictionary<string, List<string>>();
        var current = new List<string>();
        foreach (var line in File.ReadLines(Documentation.PathOf("diagnostics.md")))
        {
            if (line.StartsWith("### KQL", StringComparison.Ordinal))
                sections.Add(line[4..11], current = []);
            else
                current.Add(line);
        }

        return sections.ToDictionary(s => s.Key, s => s.Value.ToArray());
    }
}
