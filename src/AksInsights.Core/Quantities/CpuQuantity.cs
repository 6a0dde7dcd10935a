using System.Globalization;

namespace AksInsights.Core.Quantities;

/// <summary>An amount of CPU, exact to the nanocore as Kubernetes counts it.</summary>
/// <param name="Nanocores">The amount; a core is 1,000,000,000.</param>
public readonly record struct CpuQuantity(long Nanocores) : IComparable<CpuQuantity>
{
    private const long NanocoresInCore = 1_000_000_000;
    private const long NanocoresInMillicore = 1_000_000;

    /// <summary>The amount in cores.</summary>
    public double Cores => (double)Nanocores / NanocoresInCore;

    /// <summary>The amount in millicores.</summary>
    public double Millicores => (double)Nanocores / NanocoresInMillicore;

    /// <summary>A whole number of millicores.</summary>
    public static CpuQuantity FromMillicores(long millicores) => new(millicores * NanocoresInMillicore);

    /// <summary>Reads an amount as manifests write it: <c>250m</c>, <c>0.5</c>, <c>2</c>, <c>1e3</c>. What is finer than a nanocore is rounded up.</summary>
    public static bool TryParse(string? text, out CpuQuantity quantity) => TryParse(text, out quantity, out _);

    /// <summary>Reads an amount, and says what is wrong with one that cannot be read.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="quantity">The amount.</param>
    /// <param name="problem">What is wrong, to follow the text itself: <c>is no amount: expected ...</c>.</param>
    public static bool TryParse(string? text, out CpuQuantity quantity, out string problem)
    {
        var read = QuantityText.Read(text, NanocoresInCore, out problem);
        quantity = new CpuQuantity(read ?? 0);
        return read is not null;
    }

    /// <inheritdoc/>
    public int CompareTo(CpuQuantity other) => Nanocores.CompareTo(other.Nanocores);

    /// <summary>Whether one amount is less than another.</summary>
    public static bool operator <(CpuQuantity left, CpuQuantity right) => left.Nanocores < right.Nanocores;

    /// <summary>Whether one amount is more than another.</summary>
    public static bool operator >(CpuQuantity left, CpuQuantity right) => left.Nanocores > right.Nanocores;

    /// <summary>Whether one amount is at most another.</summary>
    public static bool operator <=(CpuQuantity left, CpuQuantity right) => left.Nanocores <= right.Nanocores;

    /// <summary>Whether one amount is at least another.</summary>
    public static bool operator >=(CpuQuantity left, CpuQuantity right) => left.Nanocores >= right.Nanocores;

    /// <summary>The amount as people write it: whole cores as <c>2</c>, else <c>250m</c>, and what is finer with the unit it needs.</summary>
    public override string ToString() => this switch
    {
        _ when Nanocores % NanocoresInCore == 0 => Text(Nanocores / NanocoresInCore, ""),
        _ when Nanocores % NanocoresInMillicore == 0 => Text(Nanocores / NanocoresInMillicore, "m"),
        _ when Nanocores % 1000 == 0 => Text(Nanocores / 1000, "u"),
        _ => Text(Nanocores, "n"),
    };

    private static string Text(long count, string unit) => count.ToString(CultureInfo.InvariantCulture) + unit;
}
