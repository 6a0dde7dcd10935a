using System.Globalization;

namespace AksInsights.Kql.Tests.Execution.Naive;

/// <summary>A condition as a text of the language and as a function of one row, written from the documentation's rules for nulls.</summary>
/// <param name="Text">The condition in the language.</param>
/// <param name="Of">True, false or null for a row.</param>
internal sealed record NaivePredicate(string Text, Func<NaiveRow, bool?> Of)
{
    /// <summary>A condition of at most <paramref name="depth"/> levels of and, or and not.</summary>
    public static NaivePredicate Any(Random chance, int depth) => (depth == 0 ? 0 : chance.Next(4)) switch
    {
        1 => Both(Any(chance, depth - 1), Any(chance, depth - 1)),
        2 => Either(Any(chance, depth - 1), Any(chance, depth - 1)),
        3 => Not(Any(chance, depth - 1)),
        _ => Simple(chance),
    };

    /// <summary>`and` is false when one side is, whatever the other.</summary>
    private static NaivePredicate Both(NaivePredicate a, NaivePredicate b) => new(
        $"({a.Text} and {b.Text})",
        row => (a.Of(row), b.Of(row)) switch { (false, _) or (_, false) => false, (true, true) => true, _ => null });

    /// <summary>`or` is true when one side is, whatever the other.</summary>
    private static NaivePredicate Either(NaivePredicate a, NaivePredicate b) => new(
        $"({a.Text} or {b.Text})",
        row => (a.Of(row), b.Of(row)) switch { (true, _) or (_, true) => true, (false, false) => false, _ => null });

    private static NaivePredicate Not(NaivePredicate a) => new($"not({a.Text})", row => !a.Of(row));

    private static NaivePredicate Simple(Random chance)
    {
        var (n, r, k) = (chance.Next(-3, 4), chance.Next(-8, 9) / 4.0, chance.Next(6) is var c && c == 0 ? "" : "k" + c);
        var real = r.ToString("0.0#", CultureInfo.InvariantCulture);
        return chance.Next(14) switch
        {
            0 => new($"N < {n}", row => row.N is { } v ? v < n : null),
            1 => new($"N >= {n}", row => row.N is { } v ? v >= n : null),
            2 => new($"N == {n}", row => row.N == n),
            3 => new($"N != {n}", row => row.N != n),
            4 => new($"R > {real}", row => row.R is { } v ? v > r : null),
            5 => new($"R <= N", row => row.R is { } v && row.N is { } w ? v <= w : null),
            6 => new($"K == '{k}'", row => row.K == k),
            7 => new($"K != '{k}'", row => row.K != k),
            8 => new($"K in ('{k}', 'k1')", row => row.K == k || row.K == "k1"),
            9 => new($"K contains '{k}'", row => row.K.Contains(k, StringComparison.Ordinal)),
            10 => new("isnull(N)", row => row.N is null),
            11 => new("isempty(K)", row => row.K.Length == 0),
            12 => new($"N !in ({n}, 0)", row => row.N != n && row.N != 0),
            _ => new("B", row => row.B),
        };
    }
}
