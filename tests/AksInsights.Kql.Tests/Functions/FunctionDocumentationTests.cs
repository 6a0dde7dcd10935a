using System.Text;
using AksInsights.Kql.Functions;

namespace AksInsights.Kql.Tests.Functions;

/// <summary>The function tables of docs/kql.md are those of the catalogue.</summary>
public class FunctionDocumentationTests
{
    private const string Begin = "<!-- functions -->\n";
    private const string End = "<!-- /functions -->\n";

    [Fact]
    public void TheTablesAreThoseOfTheCatalogue()
    {
        var path = Documentation.PathOf("kql.md");
        var text = File.ReadAllText(path);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, StringComparison.Ordinal);
        var expected = Tables();
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1")
        {
            Assert.NotEqual("true", Environment.GetEnvironmentVariable("CI"));
            File.WriteAllText(path, text[..begin] + expected + text[end..]);
            return;
        }

        Assert.Equal(expected, text[begin..end]);
    }

    [Fact]
    public void EveryEntryIsDescribedInASentence() =>
        Assert.All(FunctionCatalog.All, entry => Assert.EndsWith(".", entry.Description, StringComparison.Ordinal));

    private static string Tables()
    {
        var text = new StringBuilder();
        foreach (var kind in FunctionCatalog.All.GroupBy(e => e.Kind).OrderBy(g => g.Key))
        {
            text.Append("\n### ").Append(kind.Key switch
            {
                FunctionKind.Aggregate => "Aggregates",
                FunctionKind.Window => "Functions of ordered rows",
                _ => "Scalar functions",
            }).Append("\n\n| function | what it gives | example |\n| --- | --- | --- |\n");
            foreach (var entry in kind.OrderBy(e => e.Name, StringComparer.Ordinal))
            {
                var names = string.Join(", ", entry.Aliases.Prepend(entry.Name).Select(n => $"`{n}`"));
                text.Append("| ").Append(names).Append(" | ").Append(Cell(entry.Description)).Append(" | `").Append(Cell(entry.Example)).Append("` |\n");
            }
        }

        text.Append("\n### Functions of names and tables\n\n| function | what it gives | example |\n| --- | --- | --- |\n");
        foreach (var special in SpecialFunctions.All)
        {
            var names = string.Join(", ", special.Aliases.Prepend(special.Name).Select(n => $"`{n}`"));
            text.Append("| ").Append(names).Append(" | ").Append(Cell(special.Description)).Append(" | `").Append(Cell(special.Example)).Append("` |\n");
        }

        text.Append("\n### Refused functions\n\nAll that begin with `geo_`, and ").AppendJoin(", ", SpecialFunctions.Refused.Select(n => $"`{n}`")).Append(".\n");
        return text.Append('\n').ToString();
    }

    // A bar would end the cell, also inside code.
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
