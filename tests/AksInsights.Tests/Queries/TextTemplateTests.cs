using AksInsights.Core.Queries;

namespace AksInsights.Tests.Queries;

public class TextTemplateTests
{
    [Theory]
    [InlineData("{namespace}/{workload}", "shop/cart")]
    [InlineData("{used:bytes} of {limit:bytes}", "1.5 GiB of 2 GiB")]
    [InlineData("{share:ratio}", "93.4 %")]
    [InlineData("{{as it is}} {workload}", "{as it is} cart")]
    [InlineData("{since:timestamp}", "2026-01-05 10:00Z")]
    [InlineData("{nothing}", "unknown")]
    [InlineData("no column", "no column")]
    public void FillsColumnsByUnit(string text, string expected)
    {
        var template = TextTemplate.Parse(text, out var mistakes);
        Assert.Empty(mistakes);
        Assert.Equal(expected, template.Render(Value, _ => null));
    }

    [Fact]
    public void TheUnitOfTheMeasureCountsWhereTheTemplateNamesNone() =>
        Assert.Equal("2 GiB", TextTemplate.Parse("{limit}", out _).Render(Value, column => column == "limit" ? Unit.Bytes : null));

    [Fact]
    public void NamesItsColumnsOnceInOrder() =>
        Assert.Equal(["b", "a"], TextTemplate.Parse("{b} {a:count} {b}", out _).Columns);

    [Theory]
    [InlineData("{open", "{open")]
    [InlineData("close}", "}")]
    [InlineData("{}", "{}")]
    [InlineData("{used:furlong}", "{used:furlong}")]
    public void AMistakeNamesThePieceAtFault(string text, string piece)
    {
        TextTemplate.Parse(text, out var mistakes);
        Assert.Equal(piece, Assert.Single(mistakes).Written);
    }

    private static object? Value(string column) => column switch
    {
        "namespace" => "shop",
        "workload" => "cart",
        "used" => 1.5 * 1024 * 1024 * 1024,
        "limit" => 2L * 1024 * 1024 * 1024,
        "share" => 0.9341,
        "since" => new DateTime(2026, 1, 5, 10, 0, 0, DateTimeKind.Utc),
        _ => null,
    };
}
