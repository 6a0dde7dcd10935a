using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>An IPv4 address with the number of leading bits that count: what <c>192.168.1.1/24</c> says.</summary>
/// <param name="Address">The address in big-endian order, all bits.</param>
/// <param name="Prefix">The number of leading bits that count, 0 to 32; 32 where none was written.</param>
internal readonly record struct Ipv4(uint Address, int Prefix)
{
    /// <summary>The address with the bits that do not count set to 0.</summary>
    public uint Network => Address & Mask(Prefix);

    /// <summary>This address with no more bits counting than before; null for a number outside 0 to 32.</summary>
    public Ipv4? Narrow(long prefix) => prefix is < 0 or > 32 ? null : this with { Prefix = (int)Math.Min(prefix, Prefix) };

    /// <summary>Reads four decimal numbers with dots between, and an optional <c>/prefix</c>.</summary>
    public static bool TryParse(string text, out Ipv4 value)
    {
        value = default;
        var rest = text.AsSpan().Trim();
        var prefix = 32;
        var slash = rest.IndexOf('/');
        if (slash >= 0)
        {
            if (!int.TryParse(rest[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > 32) return false;
            rest = rest[..slash];
        }

        var length = ReadAddress(rest, out var address);
        value = new Ipv4(address, prefix);
        return length > 0 && length == rest.Length;
    }

    /// <summary>Reads an address at the start of a text; its length, or 0 when there is none.</summary>
    public static int ReadAddress(ReadOnlySpan<char> text, out uint address)
    {
        address = 0;
        var position = 0;
        for (var part = 0; part < 4; part++)
        {
            if (part > 0 && (position >= text.Length || text[position++] != '.')) return 0;
            var start = position;
            var number = 0;
            while (position < text.Length && position - start < 3 && char.IsAsciiDigit(text[position]))
                number = (number * 10) + (text[position++] - '0');
            if (position == start || number > 255) return 0;
            address = (address << 8) | (uint)number;
        }

        return position;
    }

    /// <summary>The mask with so many leading ones.</summary>
    public static uint Mask(int prefix) => prefix == 0 ? 0 : uint.MaxValue << (32 - prefix);

    /// <summary>An address in decimal with dots.</summary>
    [SuppressMessage("Globalization", "CA1305", Justification = "Whole numbers below 256 are written alike everywhere.")]
    public static string Format(uint address) => $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";
}
