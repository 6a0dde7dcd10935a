using System.Globalization;

namespace AksInsights.Core.Quantities;

/// <summary>An amount of memory, exact to the byte.</summary>
/// <param name="Bytes">The amount.</param>
public readonly record struct MemoryQuantity(long Bytes) : IComparable<MemoryQuantity>
{
    private const long BytesInMebibyte = 1 << 20;

    // The binary units stand first: among texts of one length people write 64Mi.
    private static readonly (long Bytes, string Suffix)[] Units =
    [
        (1L << 40, "Ti"), (1L << 30, "Gi"), (1L << 20, "Mi"), (1L << 10, "Ki"),
        (1_000_000_000_000, "T"), (1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k"), (1, ""),
    ];

    /// <summary>The amount in mebibytes.</summary>
    public double Mebibytes => (double)Bytes / BytesInMebibyte;

    /// <summary>A whole number of mebibytes.</summary>
    public static MemoryQuantity FromMebibytes(long mebibytes) => new(mebibytes * BytesInMebibyte);

    /// <summary>Reads an amount as manifests write it: <c>64Mi</c>, <c>1.5Gi</c>, <c>128M</c>, <c>1e9</c>. What is finer than a byte is rounded up.</summary>
    public static bool TryParse(string? text, out MemoryQuantity quantity) => TryParse(text, out quantity, out _);

    /// <summary>Reads an amount, and says what is wrong with one that cannot be read.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="quantity">The amount.</param>
    /// <param name="problem">What is wrong, to follow the text itself: <c>is no amount: expected ...</c>.</param>
    public static bool TryParse(string? text, out MemoryQuantity quantity, out string problem)
    {
        var read = QuantityText.Read(text, 1, out problem);
        quantity = new MemoryQuantity(read ?? 0);
        return read is not null;
    }

    /// <inheritdoc/>
    public int CompareTo(MemoryQuantity other) => Bytes.CompareTo(other.Bytes);

    /// <summary>Whether one amount is less than another.</summary>
    public static bool operator <(MemoryQuantity left, MemoryQuantity right) => left.Bytes < right.Bytes;

    /// <summary>Whether one amount is more than another.</summary>
    public static bool operator >(MemoryQuantity left, MemoryQuantity right) => left.Bytes > right.Bytes;

    /// <summary>Whether one amount is at most another.</summary>
    public static bool operator <=(MemoryQuantity left, MemoryQuantity right) => left.Bytes <= right.Bytes;

    /// <summary>Whether one amount is at least another.</summary>
    public static bool operator >=(MemoryQuantity left, MemoryQuantity right) => left.Bytes >= right.Bytes;

    /// <summary>The amount as people write it: exact, in the unit that makes the shortest number (<c>64Mi</c>, <c>1536Mi</c>, <c>128M</c>).</summary>
    public override string ToString()
    {
        if (Bytes == 0) return "0";
        var bytes = Bytes;
        var (unit, suffix) = Units.Where(u => bytes % u.Bytes == 0).MinBy(u => bytes / u.Bytes);
        return (bytes / unit).ToString(CultureInfo.InvariantCulture) + suffix;
    }
}
