using AksInsights.Kql.Types;
using FsCheck;
using FsCheck.Fluent;

namespace AksInsights.Kql.Tests.Functions.Aggregates;

/// <summary>Random rows for aggregates: few groups, values that repeat, nulls, extremes.</summary>
internal static class AggregateRows
{
    public const int Groups = 5;

    private static readonly double[] SpecialReals = [1e6, -1e6, 0.0, -0.0];

    public static List<(int Group, object?[] Cells)> Random(int seed, params KqlType[] types)
    {
        var random = new Random(seed);
        var oneGroup = random.Next(4) == 0;
        return [.. Enumerable.Range(0, random.Next(300)).Select(_ => (oneGroup ? 2 : random.Next(Groups - 1), types.Select(t => Cell(t, random)).ToArray()))];
    }

    /// <summary>Checks a property for many seeds; a failure prints the seed.</summary>
    public static void Check(Action<int> property) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), property));

    /// <summary>The values of one group that are not null.</summary>
    public static T[] Values<T>(this IEnumerable<(int Group, object?[] Cells)> rows, int group) =>
        [.. rows.Where(r => r.Group == group).Select(r => r.Cells[0]).OfType<T>()];

    private static object? Cell(KqlType type, Random random)
    {
        if (type != KqlType.String && random.Next(6) == 0) return null;
        return type switch
        {
            KqlType.Bool => random.Next(2) == 0,
            KqlType.Real => random.Next(8) == 0 ? SpecialReals[random.Next(4)] : Math.Round((random.NextDouble() - 0.5) * 100, 1),
            KqlType.Decimal => (decimal)random.Next(-50, 50) / 4,
            KqlType.String => ((char)('a' + random.Next(6))).ToString() + random.Next(3),
            KqlType.Guid => new Guid(random.Next(20), 0, 0, new byte[8]),
            KqlType.DateTime => new DateTime(2024, 1, 1).Ticks + random.Next(1000),
            _ => (long)random.Next(-40, 40),
        };
    }
}
