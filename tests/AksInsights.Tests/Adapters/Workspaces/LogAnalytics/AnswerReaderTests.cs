using System.Text;
using AksInsights.Adapters.Workspaces.LogAnalytics;

namespace AksInsights.Tests.Adapters.Workspaces.LogAnalytics;

/// <summary>Answers that come in pieces, end early, or are not of the service's shape.</summary>
public class AnswerReaderTests
{
    private const string Whole = """
        {"statistics":{"query":{"tables":[1,{"rows":[[2]]}]}},"tables":[{"name":"PrimaryResult","columns":[{"name":"a","type":"string"},{"name":"d","type":"dynamic"}],
        "rows":[["ä\n","{\"x\":[1]}"],["",null],["b",{"y":[true,1.5,"z"]}]]}],"render":null,"error":{"code":"PartialError","message":"Some.","details":[{"code":"EngineError",
        "message":"Wrong.","innererror":{"code":"-2133196797","message":"Too large.","severity":2}}]}}
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task ThePiecesOfAnAnswerDoNotMatter(int size)
    {
        var answer = (await AnswerReader.ReadAsync(new Pieces(Encoding.UTF8.GetBytes(Whole), size), CancellationToken.None))!;
        var table = Assert.Single(answer.Tables);
        Assert.Equal(("PrimaryResult", 3, "ä\n", "b"), (table.Name, table.RowCount, (string)table[0, 0]!, (string)table[2, 0]!));
        Assert.Equal(["{\"x\":[1]}", "null", "{\"y\":[true,1.5,\"z\"]}"], Enumerable.Range(0, 3).Select(row => Kql.Types.DynamicText.Format(table[row, 1])));
        Assert.Equal(["PartialError", "EngineError", "-2133196797"], answer.Error!.Codes);
        Assert.True(answer.Error.IsTooLarge);
        Assert.Equal("Too large.", answer.Error.Message);
    }

    [Fact]
    public async Task AnAnswerThatEndsEarlyIsNeverWhole()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole);
        Assert.Null(await AnswerReader.ReadAsync(new MemoryStream(), CancellationToken.None));
        for (var length = 1; length < bytes.Length; length++)
            await Assert.ThrowsAsync<AnswerFormatException>(() => AnswerReader.ReadAsync(new MemoryStream(bytes, 0, length), CancellationToken.None));
    }

    [Theory]
    [InlineData("long", "\"5\"", "type long")]
    [InlineData("long", "1.5", "type long")]
    [InlineData("datetime", "\"yesterday\"", "type datetime")]
    [InlineData("real", "\"Inf\"", "type real")]
    [InlineData("timespan", "\"P1D\"", "type timespan")]
    [InlineData("bool", "\"true\"", "type bool")]
    [InlineData("guid", "\"x\"", "type guid")]
    [InlineData("decimal", "\"x\"", "type decimal")]
    [InlineData("string", "5", "type string")]
    [InlineData("string", "[5]", "array or object")]
    [InlineData("string", "\"a\",\"b\"", "more cells")]
    [InlineData("string", "", "has 0 cells")]
    [InlineData("text", "\"a\"", "unknown type `text`")]
    public async Task ACellOfAnotherTypeMakesTheAnswerUnreadable(string type, string cells, string message)
    {
        var text = $$"""{"tables":[{"name":"PrimaryResult","columns":[{"name":"a","type":"{{type}}"}],"rows":[[{{cells}}]]}]}""";
        var failure = await Assert.ThrowsAsync<AnswerFormatException>(() => AnswerReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), CancellationToken.None));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("""{"tables":5}""")]
    public async Task WithoutTablesItIsNoAnswer(string text)
    {
        var answer = (await AnswerReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), CancellationToken.None))!;
        Assert.Throws<AnswerFormatException>(() => answer.Tables);
    }

    /// <summary>A stream that gives a few bytes at a time, as networks do.</summary>
    private sealed class Pieces(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
