using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Functions.Aggregates;

/// <summary>Lists, sets, bags and schemas; expected values from the pages of the functions.</summary>
public class CollectionsTests
{
    [Fact]
    public void ListsKeepTheOrderOfTheRowsAndLeaveOutNulls()
    {
        var rows = new List<(int, object?[])> { (0, [3L]), (1, [null]), (0, [null]), (0, [1L]), (0, [3L]) };
        Assert.Equal(["[3,1,3]", "[]", "[]"], Json(new AggregateRun("make_list", (KqlType.Int, null)).Whole(3, rows)));
        Assert.Equal(["[3,null,1,3]", "[null]", "[]"], Json(new AggregateRun("make_list_with_nulls", (KqlType.Int, null)).Whole(3, rows)));
    }

    [Fact]
    public void ItemsHaveTheTypeOfTheColumn()
    {
        Assert.Equal("[5.0]", Json("make_set", KqlType.Real, 5.0, null));
        Assert.Equal("[\"2024-01-02T03:04:05.0000000Z\"]", Json("make_list", KqlType.DateTime, new DateTime(2024, 1, 2, 3, 4, 5).Ticks));
        Assert.Equal("[\"01:00:00\"]", Json("make_list", KqlType.TimeSpan, TimeSpan.TicksPerHour));
        Assert.Equal("[true]", Json("make_set", KqlType.Bool, true, true));
        Assert.Equal("[\"\",\"a\"]", Json("make_set", KqlType.String, "", "a", "a"));
    }

    [Fact]
    public void SizesAreLimitedByTheArgumentAndByTheDeprecatedNames()
    {
        var rows = Enumerable.Range(0, 200).Select(i => (0, new object?[] { (long)i })).ToList();
        Assert.Equal(["[0,1,2]"], Json(new AggregateRun("make_list", (KqlType.Long, null), (KqlType.Long, 3L)).Whole(1, rows)));
        Assert.Equal(["[0,1,2]"], Json(new AggregateRun("make_set", (KqlType.Long, null), (KqlType.Long, 3L)).Whole(1, rows)));
        Assert.Equal(128, ((DynamicArray)new AggregateRun("makelist", (KqlType.Long, null)).Split(1, rows, 2)[0]!).Count);
        Assert.Equal(128, ((DynamicArray)new AggregateRun("makeset", (KqlType.Long, null)).Split(1, rows, 2)[0]!).Count);
        Assert.Equal(200, ((DynamicArray)new AggregateRun("make_list", (KqlType.Long, null)).Split(1, rows, 2)[0]!).Count);
    }

    [Fact]
    public void SetsOfArraysHoldTheItems() =>
        Assert.Equal("[\"A1\",\"A2\",\"A3\",\"C1\",\"C2\"]", Json("make_set", KqlType.Dynamic, Parse("['A1','A2','A3']"), Parse("['A2','C1']"), Parse("['C2','A3']"), Parse("['C2','A1']")));

    [Fact]
    public void SetsOfBagsCompareByContent() =>
        Assert.Equal("[{\"a\":1},{\"a\":2}]", Json("make_set", KqlType.Dynamic, Parse("{'a':1}"), null, Parse("{'a':2}"), Parse("{'a':1}")));

    [Theory]
    [InlineData(KqlType.Long)]
    [InlineData(KqlType.String)]
    [InlineData(KqlType.Guid)]
    [InlineData(KqlType.Decimal)]
    public void MergedSetsAndListsHoldTheSameItemsAsOneState(KqlType type)
    {
        AggregateRows.Check(seed =>
        {
            var rows = AggregateRows.Random(seed, type);
            foreach (var name in new[] { "make_set", "make_list" })
            {
                var actual = new AggregateRun(name, (type, null)).Split(AggregateRows.Groups, rows, seed);
                for (var g = 0; g < AggregateRows.Groups; g++)
                {
                    var values = rows.Where(r => r.Group == g && r.Cells[0] is not null).Select(r => r.Cells[0]!);
                    var expected = name == "make_set" ? values.Distinct() : values;
                    Assert.Equal(expected.Order(), ((DynamicArray)actual[g]!).Select(v => v!).Order());
                }
            }
        });
    }

    [Fact]
    public void BagsAreMergedAndTheFirstValueOfAKeyStays()
    {
        var rows = new List<(int, object?[])> { (0, [Parse("{'prop01':'val_a'}")]), (0, [7L]), (0, [Parse("{'prop02':'val_b','prop01':'x'}")]), (0, [null]) };
        Assert.Equal(["{\"prop01\":\"val_a\",\"prop02\":\"val_b\"}", "{}"], Json(new AggregateRun("make_bag", (KqlType.Dynamic, null)).Whole(2, rows)));
        Assert.Equal(["{\"prop01\":\"val_a\"}"], Json(new AggregateRun("make_bag", (KqlType.Dynamic, null), (KqlType.Long, 1L)).Whole(1, rows)));
    }

    [Fact]
    public void ConditionalBagsMatchTheDocumentedExample()
    {
        var rows = new List<(int, object?[])> { (0, [Parse("{'prop01':'val_a'}"), true]), (0, [Parse("{'prop02':'val_b'}"), false]), (0, [Parse("{'prop03':'val_c'}"), true]) };
        Assert.Equal(["{\"prop01\":\"val_a\",\"prop03\":\"val_c\"}"], Json(new AggregateRun("make_bag_if", (KqlType.Dynamic, null), (KqlType.Bool, null)).Whole(1, rows)));
    }

    [Fact]
    public void SchemasMatchTheDocumentedExample()
    {
        object?[] values = [Parse("{'x':1,'y':3.5}"), Parse("{'x':'somevalue','z':[1,2,3]}"), Parse("{'y':{'w':'zzz'},'t':['aa','bb'],'z':['foo']}")];
        const string Expected = "{\"x\":[\"long\",\"string\"],\"y\":[\"double\",{\"w\":\"string\"}],\"z\":{\"`indexer`\":[\"long\",\"string\"]},\"t\":{\"`indexer`\":\"string\"}}";
        var rows = values.Select(v => (0, new[] { v })).ToList();
        var run = new AggregateRun("buildschema", (KqlType.Dynamic, null));
        Assert.Equal([Expected, "null"], Json(run.Whole(2, rows)));
    }

    [Fact]
    public void AnyValueIsNeitherNullNorEmptyWhereThereIsAnother()
    {
        var rows = new List<(int, object?[])> { (0, [""]), (0, ["b"]), (0, [""]), (1, [""]) };
        Assert.Equal(["b", "", ""], new AggregateRun("take_any", (KqlType.String, null)).Split(3, rows, 4));
        var longs = new List<(int, object?[])> { (0, [null]), (0, [4L]), (1, [null]) };
        Assert.Equal([4L, null], new AggregateRun("any", (KqlType.Long, null)).Split(2, longs, 4));
    }

    [Theory]
    [InlineData("make_list", "x", "list_x")]
    [InlineData("makelist", null, "list_")]
    [InlineData("make_set_if", "x", "set_x")]
    [InlineData("make_bag", "x", "bag_x")]
    [InlineData("make_dictionary", "x", "dictionary_x")]
    [InlineData("buildschema", "x", "schema_x")]
    [InlineData("take_any", "x", "x")]
    [InlineData("take_any", null, "any_arg0")]
    [InlineData("binary_all_or", "x", "x")]
    [InlineData("percentiles_array", "x", "percentiles_x")]
    public void UnnamedColumnsAreCalledAsTheAnalyserCallsThem(string function, string? argument, string name)
    {
        Assert.True(Kql.Functions.FunctionCatalog.TryFind(function, out var entry));
        Assert.Equal(name, entry.Naming!(argument, []));
    }

    private static string Json(string function, KqlType type, params object?[] values) =>
        Json(new AggregateRun(function, (type, null)).Whole(1, [.. values.Select(v => (0, new[] { v }))]))[0];

    private static string[] Json(object?[] results) => Array.ConvertAll(results, DynamicText.Format);

    private static object? Parse(string text)
    {
        Assert.True(DynamicText.TryParseLenient(text, out var value));
        return value;
    }
}
