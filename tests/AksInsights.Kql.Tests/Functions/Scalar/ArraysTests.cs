using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;
using static AksInsights.Kql.Tests.Functions.FunctionFixture;

namespace AksInsights.Kql.Tests.Functions.Scalar;

/// <summary>Arrays and sets. Expected values are those of the functions' pages unless said otherwise.</summary>
public class ArraysTests
{
    private static readonly Typed OneToFive = Dyn("[1,2,3,4,5]");

    [Fact]
    public void LengthsAreThoseOfArrays()
    {
        Assert.Equal(3L, Evaluate("array_length", Dyn("[1,2,3]")));
        Assert.Equal(0L, Evaluate("arraylength", Dyn("[]")));
        Assert.Null(Evaluate("array_length", Dyn("{'a':1}")));
        Assert.Null(Evaluate("array_length", Null(KqlType.Dynamic)));
    }

    [Fact]
    public void PackedArraysHoldEveryType()
    {
        Assert.Equal("[1,\"2\",\"00:00:02\"]", Pack(1, "2", TimeSpan.FromSeconds(2)));
        Assert.Equal("[null,1.5,[1],true]", Pack(Null(KqlType.Int), 1.5, Dyn("[1]"), true));

        // By itself, because null is a value here and the fixture's rows of nulls have none.
        static string Pack(params object[] values) => Call("pack_array", values);
    }

    [Fact]
    public void ArraysAreConcatenated()
    {
        Assert.Equal("[1,2,4,1,2]", Call("array_concat", Dyn("[1,2,4]"), Dyn("[1,2]")));
        Assert.Equal("[1]", Call("array_concat", Dyn("[1]"), Dyn("7")));
        Assert.Equal("null", Call("array_concat", Dyn("7"), Dyn("8")));
    }

    [Theory]
    [InlineData("[true,false,true]", "[1,2,3]", "[4,5,6]", "[1,5,3]")]
    [InlineData("[1,0,50]", "'yes'", "'no'", "[\"yes\",\"no\",\"yes\"]")]
    [InlineData("['some string value', datetime(2022-01-01), null]", "1", "0", "[null,null,null]")]
    [InlineData("[true,true,true]", "[1,2]", "[3,4]", "[1,2,null]")]
    public void ArrayIffChoosesItemByItem(string conditions, string whenTrue, string whenFalse, string expected) =>
        Assert.Equal(expected, Call("array_iff", Dyn(conditions), Dyn(whenTrue), Dyn(whenFalse)));

    [Theory]
    [InlineData("an", null, null, null, 2)]
    [InlineData("example", 1, 3, null, 3)]
    [InlineData("example", 1, 2, null, -1)]
    [InlineData("is", 2, 4, null, -1)]
    [InlineData("example", 2, -1, null, 3)]
    [InlineData("an", 1, -1, 2, 4)]
    [InlineData("an", 1, -1, 3, -1)]
    [InlineData("an", -3, null, null, 4)]
    [InlineData("is", -4, null, null, -1)]
    [InlineData("an", 0, -2, null, null)]
    [InlineData("an", 0, -1, -1, null)]
    public void PlacesAreFound(string value, int? start, int? length, int? occurrence, int? expected)
    {
        object[] arguments = [Dyn("['this','is','an','example','an','example']"), value];
        foreach (var more in new[] { start, length, occurrence }.OfType<int>()) arguments = [.. arguments, more];
        Assert.Equal((long?)expected, Evaluate("array_index_of", arguments));
    }

    [Fact]
    public void SumsNeedNumbers()
    {
        Assert.Equal(10.0, Evaluate("array_sum", Dyn("[1,2,3,4]")));
        Assert.Equal(3.5, Evaluate("array_sum", Dyn("[1,2.5]")));
        Assert.Null(Evaluate("array_sum", Dyn("[1,'2']")));
    }

    [Fact]
    public void ZipPairsItems()
    {
        Assert.Equal("[[1,2],[3,4],[5,6]]", Call("zip", Dyn("[1,3,5]"), Dyn("[2,4,6]")));
        Assert.Equal("[[\"A\",{}],[1,\"B\"],[1.5,null]]", Call("zip", Dyn("['A',1,1.5]"), Dyn("[{},'B']")));
    }

    [Fact]
    public void RepeatsAreLimited()
    {
        Assert.Equal("[1,1,1]", Call("repeat", 1, 3));
        Assert.Equal("[]", Call("repeat", "x", 0));
        Assert.Null(Evaluate("repeat", 1, -1));
        Assert.Throws<CallFailedException>(() => Evaluate("repeat", 1, 2_000_000_000));
    }

    [Theory]
    [InlineData("array_slice", 1, 2, "[2,3]")]
    [InlineData("array_slice", 2, -1, "[3,4,5]")]
    [InlineData("array_slice", -3, -2, "[3,4]")]
    [InlineData("array_slice", -99, 99, "[1,2,3,4,5]")]
    [InlineData("array_slice", 4, 1, "[]")]
    [InlineData("array_shift_left", 2, -1, "[3,4,5,-1,-1]")]
    [InlineData("array_shift_left", -2, -1, "[-1,-1,1,2,3]")]
    [InlineData("array_shift_right", 2, -1, "[-1,-1,1,2,3]")]
    [InlineData("array_shift_right", -2, -1, "[3,4,5,-1,-1]")]
    public void ItemsAreCutAndShifted(string function, long first, long second, string expected) =>
        Assert.Equal(expected, Call(function, OneToFive, first, second));

    [Theory]
    [InlineData("array_rotate_left", 2, "[3,4,5,1,2]")]
    [InlineData("array_rotate_left", -2, "[4,5,1,2,3]")]
    [InlineData("array_rotate_right", 2, "[4,5,1,2,3]")]
    [InlineData("array_rotate_right", 12, "[4,5,1,2,3]")]
    [InlineData("array_shift_left", 2, "[3,4,5,null,null]")]
    [InlineData("array_shift_right", 2, "[null,null,1,2,3]")]
    [InlineData("array_split", 2, "[[1,2],[3,4,5]]")]
    [InlineData("array_split", -2, "[[1,2,3],[4,5]]")]
    public void ItemsMove(string function, long count, string expected) => Assert.Equal(expected, Call(function, OneToFive, count));

    [Fact]
    public void TextsAreShiftedWithEmptyTexts() => Assert.Equal("[\"b\",\"\"]", Call("array_shift_left", Dyn("['a','b']"), 1));

    [Fact]
    public void ArraysAreSplitAndReversed()
    {
        Assert.Equal("[[1],[2,3],[4,5]]", Call("array_split", OneToFive, Dyn("[1,3]")));
        Assert.Equal("[\"example\",\"an\",\"is\",\"this\"]", Call("array_reverse", Dyn("['this','is','an','example']")));
    }

    [Fact]
    public void SortingTakesOtherArraysAlong()
    {
        Assert.Equal("[[1,2,3,4,5],[\"a\",\"e\",\"b\",\"c\",\"d\"]]", Call("array_sort_asc", Dyn("[1,3,4,5,2]"), Dyn("['a','b','c','d','e']")));
        Assert.Equal("[[3,2,1],null]", Call("array_sort_desc", Dyn("[1,3,2]"), Dyn("[1]")));
        Assert.Equal("[\"blue\",\"green\",\"yellow\",null,null]", Call("array_sort_asc", Dyn("[null,'blue','yellow','green',null]")));
        Assert.Equal("[null,null,\"blue\",\"green\",\"yellow\"]", Call("array_sort_asc", Dyn("[null,'blue','yellow','green',null]"), false));
        // Numbers, then texts, then the rest, whatever the direction.
        Assert.Equal("[2.5,1,\"b\",\"a\",true]", Call("array_sort_desc", Dyn("['a',true,1,'b',2.5]")));
    }

    [Fact]
    public void SortedArraysAreNamedAfterTheirs()
    {
        FunctionCatalog.TryFind("array_sort_asc", out var sort);
        var call = new CallShape([KqlType.Dynamic, KqlType.Dynamic, KqlType.Bool], [null, null, false]);
        Assert.Equal(["a_sorted", "array1_sorted"], sort!.MultiColumn!(["a", null, null], call).Select(c => c.Name));
    }

    [Fact]
    public void RangesIncludeTheirEnds()
    {
        Assert.Equal("[1,4,7]", Call("range", 1, 8, 3));
        Assert.Equal("[1,2,3]", Call("range", 1, 3));
        Assert.Equal("[1.0,1.5,2.0]", Call("range", 1, 2, 0.5));
        Assert.Equal("[\"01:00:00\",\"02:00:00\",\"03:00:00\"]", Call("range", TimeSpan.FromHours(1), TimeSpan.FromHours(3)));
        Assert.Equal("[\"2024-05-01T12:00:00.0000000Z\",\"2024-05-02T12:00:00.0000000Z\"]", Call("range", Now, Now.AddDays(1), TimeSpan.FromDays(1)));
        Assert.Equal("[5,3,1]", Call("range", 5, 1, -2));
        Assert.Equal("[]", Call("range", 5, 1));
        Assert.Null(Evaluate("range", 1, 5, 0));
    }

    [Fact]
    public void RangesAreCutOff()
    {
        // Without the fixture, which would write a million numbers many times over.
        FunctionCatalog.TryFind("range", out var range);
        Column[] ends = [Constants.Create(KqlType.Long, 1L, 1), Constants.Create(KqlType.Long, 1000000000L, 1)];
        var kernel = range!.Signatures[0].Kernel!(new CallShape([KqlType.Long, KqlType.Long], [1L, 1000000000L]));
        var value = kernel.Evaluate(new CallSite(KqlType.Dynamic, 0, CancellationToken.None), ends, 1).Box(0);
        Assert.Equal(1048576, Assert.IsType<DynamicArray>(value).Count);
    }

    [Theory]
    [InlineData("set_union", "[1,2,1,4]", "[1,8]", "[1,2,4,8]")]
    [InlineData("set_intersect", "[1,2,1,4]", "[4.0,1]", "[1,4]")]
    [InlineData("set_difference", "[1,2,1,4,4]", "[1,2]", "[4]")]
    [InlineData("set_difference", "[1,2,3]", "[1,2,3]", "[]")]
    [InlineData("set_union", "['1']", "[1,{'a':1,'b':2},{'b':2,'a':1.0}]", "[\"1\",1,{\"a\":1,\"b\":2}]")]
    [InlineData("jaccard_index", "[1,2,3]", "[1,2,3,4,4]", "0.75")]
    [InlineData("set_equals", "[1,2]", "[2,1,1]", "true")]
    [InlineData("set_equals", "[1,2]", "[2]", "false")]
    [InlineData("set_union", "[1]", "'1'", "null")]
    public void SetsAreCombined(string function, string first, string second, string expected) =>
        Assert.Equal(expected, Call(function, Dyn(first), Dyn(second)));

    [Fact]
    public void MembersAreFoundByValue()
    {
        Assert.Equal(true, Evaluate("set_has_element", Dyn("['this','is']"), "is"));
        Assert.Equal(true, Evaluate("set_has_element", Dyn("[1.0]"), 1));
        Assert.Equal(false, Evaluate("set_has_element", Dyn("['1']"), 1));
        Assert.Equal(true, Evaluate("set_has_element", Dyn("[time(1h)]"), TimeSpan.FromHours(1)));
    }
}
