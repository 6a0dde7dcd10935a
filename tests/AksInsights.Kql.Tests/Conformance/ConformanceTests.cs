using AksInsights.Kql.Testing;

namespace AksInsights.Kql.Tests.Conformance;

/// <summary>Runs the .kqltest files beside this one; every case of every file must pass, and every line must be readable.</summary>
public class ConformanceTests
{
    public static TheoryData<string> Files()
    {
        var data = new TheoryData<string>();
        foreach (var file in Directory.GetFiles(Folder, "*.kqltest", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            data.Add(Path.GetRelativePath(Folder, file));
        return data;
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Conformance");

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryCasePasses(string file)
    {
        var parsed = KqlTestFile.Parse(file, File.ReadAllText(Path.Combine(Folder, file)));
        Assert.Empty(parsed.Problems);
        Assert.NotEmpty(parsed.Cases);
        var failures = KqlTestRunner.Run(parsed).Where(o => o.Failure is not null).Select(o => $"{file}:{o.Case.Line}: {o.Failure}").ToArray();
        Assert.True(failures.Length == 0, string.Join('\n', failures));
    }

    [Fact]
    public void LinesThatCannotBeReadAreProblems()
    {
        var file = KqlTestFile.Parse("x", "qery\n  print 1\nexpr 1 + 1\nquery\n  print 1\nexpect something\n");
        Assert.Equal(["x:1: expected `now`, `table`, `query`, `expr` or `#`, found `qery`", "x:2: expected `now`, `table`, `query`, `expr` or `#`, found ``"], file.Problems.Take(2));
        Assert.Equal(4, file.Problems.Count);
        Assert.Empty(file.Cases);
    }

    [Fact]
    public void WrongValuesTypesAndErrorsFail()
    {
        var file = KqlTestFile.Parse("x", "expr 1 + 1 => 3: long\nexpr 1 + 1 => 2: real\nquery\n  print y\nexpect error KQL3004 at 1:7\nexpr 1 + 1 => 2: long\n");
        Assert.Empty(file.Problems);
        Assert.Equal([true, true, true, false], KqlTestRunner.Run(file).Select(o => o.Failure is not null));
    }
}
