using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;
using static AksInsights.Kql.Tests.Functions.FunctionFixture;

namespace AksInsights.Kql.Tests.Functions.Series;

/// <summary>Series item by item, their totals, fills and filters. Expected values are those of the functions' pages unless said otherwise.</summary>
public class SeriesTests
{
    [Theory]
    [InlineData("series_add", "[5,4,5]")]
    [InlineData("series_subtract", "[-3,0,3]")]
    [InlineData("series_multiply", "[4,4,4]")]
    [InlineData("series_divide", "[0.25,1.0,4.0]")]
    [InlineData("series_pow", "[1.0,4.0,4.0]")]
    [InlineData("series_greater", "[false,false,true]")]
    [InlineData("series_greater_equals", "[false,true,true]")]
    [InlineData("series_less", "[true,false,false]")]
    [InlineData("series_less_equals", "[true,true,false]")]
    [InlineData("series_equals", "[false,true,false]")]
    [InlineData("series_not_equals", "[true,false,true]")]
    public void SeriesAreCombinedItemByItem(string function, string expected) =>
        Assert.Equal(expected, Call(function, Dyn("[1,2,4]"), Dyn("[4,2,1]")));

    [Fact]
    public void OneNumberStandsForAllItems()
    {
        Assert.Equal("[11,12,14]", Call("series_add", Dyn("[1,2,4]"), 10));
        Assert.Equal("[9.5,8.5]", Call("series_subtract", 10.5, Dyn("[1,2]")));
        Assert.Throws<ArgumentException>(() => Call("series_add", 1, 2));
    }

    [Fact]
    public void MissingItemsGiveNullItems()
    {
        Assert.Equal("[2,null,null]", Call("series_add", Dyn("[1,'2']"), Dyn("[1,2,3]")));
        Assert.Equal("[null,1.0,null]", Call("series_floor", Dyn("[null,1.5,'x']")));
        Assert.Equal("null", Call("series_add", Dyn("{'a':1}"), Dyn("[1]")));
    }

    [Theory]
    [InlineData("series_abs", "[-6.5,0,8.2]", "[6.5,0,8.2]")]
    [InlineData("series_sign", "[-6,0,8]", "[-1,0,1]")]
    [InlineData("series_ceiling", "[-1.5,1,2.5]", "[-1.0,1.0,3.0]")]
    [InlineData("series_floor", "[-1.5,1,2.5]", "[-2.0,1.0,2.0]")]
    [InlineData("series_exp", "[1,2]", "[2.718281828459045,7.38905609893065]")]
    [InlineData("series_log", "[1,-1]", "[0.0,null]")]
    [InlineData("series_sin", "[0]", "[0.0]")]
    [InlineData("series_cos", "[-1,0]", "[0.5403023058681398,1.0]")]
    [InlineData("series_tan", "[0,1]", "[0.0,1.5574077246549023]")]
    [InlineData("series_asin", "[-1,0,2]", "[-1.5707963267948966,0.0,null]")]
    [InlineData("series_acos", "[-1,1]", "[3.141592653589793,0.0]")]
    [InlineData("series_atan", "[1]", "[0.7853981633974483]")]
    public void FunctionsApplyToEachItem(string function, string series, string expected) => Assert.Equal(expected, Call(function, Dyn(series)));

    [Fact]
    public void TotalsAreReal()
    {
        Assert.Equal(10.0, Evaluate("series_sum", Dyn("[1,2,3,4]")));
        Assert.Equal(24.0, Evaluate("series_product", Dyn("[1,2,3,4]")));
        Assert.Equal(5.4772255750516612, (double)Evaluate("series_magnitude", Dyn("[1,2,3,4]"))!, 12);
        Assert.Null(Evaluate("series_sum", Dyn("[1,null]")));
        Assert.Equal(12.0, Evaluate("series_dot_product", Dyn("[1,2,4]"), Dyn("[4,2,1]")));
        Assert.Equal(28.0, Evaluate("series_dot_product", Dyn("[2,4,8]"), 2));
        Assert.Equal(1.0, Evaluate("series_dot_product", Dyn("[1,'x',4]"), Dyn("[1,2]")));
        Assert.Null(Evaluate("series_dot_product", Dyn("[]"), Dyn("[1]")));
        Assert.Equal(1.0, (double)Evaluate("series_pearson_correlation", Dyn("[1,2,3,4,5]"), Dyn("[2,4,6,8,10]"))!, 12);
        Assert.Null(Evaluate("series_pearson_correlation", Dyn("[1,2,3]"), Dyn("[2,4]")));
    }

    [Theory]
    [InlineData("[0.11,0.2,0.11,0.21]", 0.99935343825504)]
    [InlineData("[1,2,3,4]", 0.923760430703401)]
    public void CosinesCompareDirections(string other, double expected) =>
        Assert.Equal(expected, (double)Evaluate("series_cosine_similarity", Dyn("[0.1,0.2,0.1,0.2]"), Dyn(other))!, 12);

    [Theory]
    [InlineData("series_fill_forward", "[null,null,36,41,null,null,16]", "[null,null,36,41,41,41,16]")]
    [InlineData("series_fill_backward", "[111,null,36,41,null,null,16,null]", "[111,36,36,41,16,16,16,null]")]
    [InlineData("series_fill_linear", "[null,111.0,null,36.0,41.0]", "[111.0,111.0,73.5,36.0,41.0]")]
    [InlineData("series_fill_linear", "[111,null,36,41,null,null,16,null]", "[111,73,36,41,32,24,16,16]")]
    [InlineData("series_fill_linear", "[null,null]", "[0.0,0.0]")]
    public void MissingItemsAreFilled(string function, string series, string expected) => Assert.Equal(expected, Call(function, Dyn(series)));

    [Fact]
    public void FillsTakePlaceholdersEdgesAndConstants()
    {
        Assert.Equal("[1,0.0,3]", Call("series_fill_const", Dyn("[1,null,3]"), 0.0));
        Assert.Equal("[1,-1,3]", Call("series_fill_const", Dyn("[1,7,3]"), -1, 7));
        Assert.Equal("[0,5,5]", Call("series_fill_forward", Dyn("[0,5,0]"), 0));
        var missing = new Typed(KqlType.Real, null);
        var nulls = (DynamicArray)Run("series_fill_linear", Dyn("[null,1.0,null,3.0,null]").Value, null, false)!;
        Assert.Equal([null, 1.0, 2.0, 3.0, null], nulls);
        var constants = (DynamicArray)Run("series_fill_linear", Dyn("[null,null]").Value, null, true, 3.5)!;
        Assert.Equal([3.5, 3.5], constants);
        Assert.Equal(KqlType.Dynamic, TypeOf("series_fill_linear", Dyn("[1]"), missing));

        // Without the fixture, whose rows of nulls change what a null placeholder means.
        static object? Run(string name, params object?[] row)
        {
            FunctionCatalog.TryFind(name, out var entry);
            KqlType[] types = [KqlType.Dynamic, KqlType.Dynamic, KqlType.Bool, KqlType.Dynamic];
            var columns = row.Select((v, i) => Columns.Constants.Create(types[i], v, 1)).ToArray();
            var kernel = entry!.Signatures[0].Kernel!(new CallShape(types[..row.Length], row));
            return kernel.Evaluate(new CallSite(KqlType.Dynamic, 0, CancellationToken.None), columns, 1).Box(0);
        }
    }

    [Fact]
    public void FiniteFiltersAverage()
    {
        // By hand.
        Assert.Equal("[0.0,0.0,2.0,4.0,4.0,4.0]", Call("series_fir", Dyn("[0,0,10,10,0,0]"), Dyn("[1,1,1,1,1]")));
        Assert.Equal("[2.0,4.0,4.0,4.0,4.0,2.0]", Call("series_fir", Dyn("[0,0,10,10,0,0]"), Dyn("[1,1,1,1,1]"), true, true));
        Assert.Equal("[0.0,0.0,2.0,0.0,1.0]", Call("series_fir", Dyn("[0,0,2,2,3]"), Dyn("[1,-1]"), false, false));
        Assert.Equal("[1.0,3.0]", Call("series_fir", Dyn("[1,2]"), Dyn("[1,1]"), false));
        Assert.Null(Evaluate("series_fir", Dyn("[1,2]"), Dyn("[1,-1]"), true));
    }

    [Fact]
    public void InfiniteFiltersAccumulate()
    {
        Assert.Equal("[1.0,3.0,6.0,10.0]", Call("series_iir", Dyn("[1,2,3,4]"), Dyn("[1]"), Dyn("[1,-1]")));
        Assert.Null(Evaluate("series_iir", Dyn("[1]"), Dyn("[1]"), Dyn("[0,1]")));
    }
}
