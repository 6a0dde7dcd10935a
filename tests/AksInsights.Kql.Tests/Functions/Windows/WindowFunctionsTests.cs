using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Functions.Windows;

/// <summary>Functions over serialized rows; expected values from their pages or counted by hand.</summary>
public class WindowFunctionsTests
{
    private static readonly long?[] Numbers = [5, null, 7, 8];

    [Theory]
    [InlineData("prev", 1L, new object?[] { null, 5L, null, 7L })]
    [InlineData("next", 1L, new object?[] { null, 7L, 8L, null })]
    [InlineData("prev", 2L, new object?[] { null, null, 5L, null })]
    [InlineData("prev", -1L, new object?[] { null, 7L, 8L, null })]
    [InlineData("next", 0L, new object?[] { 5L, null, 7L, 8L })]
    [InlineData("prev", long.MaxValue, new object?[] { null, null, null, null })]
    [InlineData("next", long.MinValue, new object?[] { null, null, null, null })]
    public void NeighborsAreTakenFromTheOffset(string name, long offset, object?[] expected) =>
        Assert.Equal(expected, Run(name, Longs(Numbers), Constant(KqlType.Long, offset, 4)));

    [Fact]
    public void TheDefaultStandsWhereThereIsNoRowButNotForNulls()
    {
        Assert.Equal([-1L, 5L, null, 7L], Run("prev", Longs(Numbers), Constant(KqlType.Long, 1L, 4), Constant(KqlType.Long, -1L, 4)));
        Assert.Equal(["b", "none"], Run("next", Texts("a", "b"), Constant(KqlType.Long, 1L, 2), Constant(KqlType.String, "none", 2)));
        Assert.Equal(["", "a"], Run("prev", Texts("a", "b")));
    }

    [Fact]
    public void RowsAreNumberedFromTheStartAndAnewWhereTheConditionIsTrue()
    {
        Assert.Equal([7L, 8L, 9L], Run("row_number", [Constant(KqlType.Long, 7L, 3)], 3));
        Assert.Equal([1L, 2L, 1L, 2L], Run("row_number", Constant(KqlType.Long, 1L, 4), Bools(true, false, true, null)));
        Assert.Equal([1L, 2L], Run("row_number", [], 2));
    }

    [Fact]
    public void SumsRunUntilTheConditionIsTrue()
    {
        Assert.Equal([2L, 6L, 12L, 20L, 30L], Run("row_cumsum", Longs(2, 4, 6, 8, 10)));
        Assert.Equal([1000L, 3000L, 4400L, 1000L, 2950L, 4400L], Run("row_cumsum", Longs(1000, 2000, 1400, 1000, 1950, 1450), Bools(true, false, false, true, false, false)));
        Assert.Equal([5L, 5L, 12L, 20L], Run("row_cumsum", Longs(Numbers)));
    }

    [Fact]
    public void RunningSumsKeepTheTypeOfTheTerm()
    {
        Assert.Equal(KqlType.Int, Find("row_cumsum", [KqlType.Int]).Result(new CallShape([KqlType.Int], [null])));
        var ints = new FlatColumn<long>(KqlType.Int, [int.MaxValue, 1]);
        Assert.Equal([(long)int.MaxValue, (long)int.MinValue], Run("row_cumsum", ints));
        var decimals = new FlatColumn<decimal>(KqlType.Decimal, [decimal.MaxValue, decimal.MaxValue, 1]);
        Assert.Equal([decimal.MaxValue, null, 1m], Run("row_cumsum", decimals, Bools(false, false, true)));
    }

    [Fact]
    public void RanksMatchTheDocumentedExamples()
    {
        Assert.Equal([1L, 2L, 2L, 2L, 3L], Run("row_rank_dense", Longs(2, 3, 3, 3, 100)));
        Assert.Equal([1L, 2L, 2L, 2L, 5L], Run("row_rank_min", Longs(2, 3, 3, 3, 100)));
        Assert.Equal([1L, 2L, 2L, 2L, 3L, 1L, 1L], Run("row_rank_dense", Longs(2, 3, 3, 3, 100, 1, 1), Bools(true, false, false, false, false, true, false)));
        Assert.Equal([1L, 1L, 3L, 1L, 2L], Run("row_rank_min", Longs(null, null, 1, 1, 4), Bools(false, false, false, true, false)));
    }

    [Fact]
    public void SessionsMatchTheDocumentedExample()
    {
        string?[] times = ["10:00", "11:00", "10:16", "10:18", "13:30", "11:30", null, "11:31"];
        string?[] sessions = ["10:00", "11:00", "10:16", "10:16", "13:30", "11:30", null, "11:31"];
        var isNew = Bools(true, false, true, false, false, true, false, false);
        var hour = Constant(KqlType.TimeSpan, TimeSpan.TicksPerHour, times.Length);
        var minutes = Constant(KqlType.TimeSpan, 5 * TimeSpan.TicksPerMinute, times.Length);
        Assert.Equal(sessions.Select(Ticks).Cast<object?>(), Run("row_window_session", Times(times), hour, minutes, isNew));
    }

    [Fact]
    public void ASessionEndsAtTheGreatestDistanceFromItsFirstRow()
    {
        var minutes = Enumerable.Range(0, 8).Select(i => (long?)(i * 10 * TimeSpan.TicksPerMinute)).ToArray();
        var times = Longs(minutes).WithType(KqlType.DateTime);
        var result = Run("row_window_session", times, Constant(KqlType.TimeSpan, 30 * TimeSpan.TicksPerMinute, 8), Constant(KqlType.TimeSpan, TimeSpan.TicksPerHour, 8));
        Assert.Equal([0L, 0, 0, 30, 30, 30, 60, 60], result.Select(t => (long)t! / TimeSpan.TicksPerMinute));
    }

    private static object?[] Run(string name, params Column[] arguments) => Run(name, arguments, arguments[0].Length);

    private static object?[] Run(string name, Column[] arguments, int length)
    {
        KqlType[] types = [.. arguments.Select(a => a.Type)];
        var signature = Find(name, types);
        var shape = new CallShape(types, new object?[types.Length]);
        var type = signature.Result(shape);
        var column = signature.Kernel!(shape).Evaluate(new CallSite(type, 0, CancellationToken.None), arguments, length);
        Assert.Equal(type, column.Type);
        Assert.Equal(length, column.Length);
        return [.. Enumerable.Range(0, length).Select(column.Box)];
    }

    private static Signature Find(string name, KqlType[] types)
    {
        Assert.True(FunctionCatalog.TryFind(name, out var entry));
        Assert.Equal(FunctionKind.Window, entry.Kind);
        return entry.Signatures.First(s => types.Length <= s.Parameters.Count && types.Select((t, i) => s.Parameters[i].Accepts.Holds(t)).All(fits => fits));
    }

    private static Column Constant(KqlType type, object value, int length) => Constants.Create(type, value, length);

    private static Column Longs(params long?[] values) => Build(KqlType.Long, values);

    private static Column Times(string?[] values) => Build(KqlType.DateTime, Array.ConvertAll(values, Ticks));

    private static Column Bools(params bool?[] values) => Build(KqlType.Bool, values);

    private static Column Texts(params string[] values) => new CodedColumn<string>(KqlType.String, [.. Enumerable.Range(0, values.Length)], new Pool<string>(values, values.Length, isUnique: true));

    private static long? Ticks(string? time) => time is null ? null : new DateTime(2024, 4, 11).Ticks + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture).Ticks;

    private static Column Build<T>(KqlType type, T?[] values)
        where T : struct
    {
        var builder = ColumnBuilder.Create(type, values.Length);
        foreach (var value in values) builder.AddBoxed(value);
        return builder.Build();
    }
}
