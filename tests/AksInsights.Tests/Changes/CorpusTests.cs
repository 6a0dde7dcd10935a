using System.Text;
using AksInsights.Core.Changes;

namespace AksInsights.Tests.Changes;

/// <summary>Awkward manifests: each is changed as a person would change it, byte by byte, or refused with the reason.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Cases => [.. CorpusCase.Names];

    [Fact]
    public void TheCorpusIsThere() => Assert.InRange(CorpusCase.Names.Count(), 100, 1000);

    [Theory]
    [MemberData(nameof(Cases))]
    public void FilesAreChangedAsAPersonWouldOrNotAtAll(string name)
    {
        var it = CorpusCase.Read(name);
        var plan = it.Plan();
        Assert.Equal(it.Refused is null ? "" : it.Refused.Value.Code, string.Join(", ", plan.Refused.SelectMany(r => r.Reasons).Select(r => r.Diagnostic.Code)));
        if (it.Refused is { } refused) CheckRefusal(refused, Assert.Single(Assert.Single(plan.Refused).Reasons));
        var after = it.Before.ToDictionary(f => f.Key, f => f.Value);
        foreach (var file in plan.Sets.SelectMany(s => s.Files))
        {
            Assert.Equal(it.Before.GetValueOrDefault(file.Path), file.Before?.ToArray());
            after[file.Path] = file.After.ToArray();
        }

        Assert.Equal(it.After.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        foreach (var (path, bytes) in it.After) Assert.Equal(Visible(bytes), Visible(after[path]));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ASecondRunChangesNothing(string name)
    {
        var it = CorpusCase.Read(name);
        if (it.Refused is not null) return;
        var plan = it.Plan();
        var files = new RepositoryFiles(it.Before.Select(f => new KeyValuePair<string, ReadOnlyMemory<byte>>(f.Key, f.Value)));
        foreach (var file in plan.Sets.SelectMany(s => s.Files)) files = files.With(file.Path, file.After);
        var map = files[RepositoryFiles.MapName] is { } bytes ? RepositoryMap.Read(Encoding.UTF8.GetString(bytes.Span), out _) : RepositoryMap.Empty;
        // What is merged but not deployed yet is found as proposed; values without a name of their own are known by what is in force and are not found.
        var again = new ChangePlanner(files, map).Plan(it.Recommendations, ChangeGrouping.All);
        Assert.Empty(again.Sets);
        Assert.All(again.Refused.SelectMany(r => r.Reasons), reason => Assert.Contains(reason.Diagnostic.Code, (string[])["AKI4020", "AKI4003"]));
    }

    private static void CheckRefusal((string Code, int? Line, string Words) expected, Core.Queries.FileDiagnostic found)
    {
        Assert.Contains(expected.Words, found.Diagnostic.Message, StringComparison.Ordinal);
        if (expected.Line is { } line) Assert.Equal(line, found.Place.Line);
        else Assert.Equal(0, found.Source.Text.Length);
        Assert.False(string.IsNullOrEmpty(found.Diagnostic.Help), "A refusal says what to do next.");
    }

    private static string Visible(byte[] bytes) => Encoding.Latin1.GetString(bytes).Replace("\r", "␍", StringComparison.Ordinal);
}
