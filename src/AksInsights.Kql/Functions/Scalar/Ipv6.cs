using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>An IPv6 address with the number of leading bits that count. IPv4 addresses are taken as mapped ones (<c>::ffff:a.b.c.d</c>).</summary>
/// <param name="Address">The address in big-endian order, all bits.</param>
/// <param name="Prefix">The number of leading bits that count, 0 to 128.</param>
internal readonly record struct Ipv6(UInt128 Address, int Prefix)
{
    private const int MappedBits = 96;

    /// <summary>The address with the bits that do not count set to 0.</summary>
    public UInt128 Network => Address & Mask(Prefix);

    /// <summary>This address with no more bits counting than before; null for a number outside 0 to 128.</summary>
    public Ipv6? Narrow(long prefix) => prefix is < 0 or > 128 ? null : this with { Prefix = (int)Math.Min(prefix, Prefix) };

    /// <summary>Reads an IPv6 or IPv4 address and an optional <c>/prefix</c>, which counts bits of the notation it stands behind.</summary>
    public static bool TryParse(string text, out Ipv6 value)
    {
        value = default;
        var trimmed = text.Trim();
        if (trimmed.Contains('.', StringComparison.Ordinal))
        {
            // Whatever stands before a dotted address, it is that address that counts: ::1.2.3.4/24 has 24 of its 32 bits.
            if (!IsDottedTail(trimmed, out var dotted) || !Ipv4.TryParse(dotted, out var ip)) return false;
            value = new Ipv6(((UInt128)0xFFFF << 32) | ip.Address, ip.Prefix + MappedBits);
            return true;
        }

        var slash = trimmed.IndexOf('/', StringComparison.Ordinal);
        var prefix = 128;
        if (slash >= 0 && (!int.TryParse(trimmed.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > 128))
            return false;
        var address = slash < 0 ? trimmed : trimmed[..slash];
        // .NET also takes brackets, zones and ports, which are not part of an address here.
        if (address.AsSpan().IndexOfAnyExcept(AddressCharacters) >= 0) return false;
        if (!IPAddress.TryParse(address, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6) return false;
        value = new Ipv6(ToNumber(parsed.GetAddressBytes()), prefix);
        return true;
    }

    private static readonly System.Buffers.SearchValues<char> AddressCharacters = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF:");

    /// <summary>The mask with so many leading ones.</summary>
    public static UInt128 Mask(int prefix) => prefix == 0 ? 0 : UInt128.MaxValue << (128 - prefix);

    /// <summary>An address in eight groups of four hexadecimal digits.</summary>
    public static string Format(UInt128 address)
    {
        var groups = Enumerable.Range(0, 8).Select(i => ((ulong)(address >> (112 - (16 * i))) & 0xFFFF).ToString("x4", CultureInfo.InvariantCulture));
        return string.Join(':', groups);
    }

    private static bool IsDottedTail(string text, out string dotted)
    {
        var colon = text.LastIndexOf(':');
        dotted = text[(colon + 1)..];
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return colon < 0 || IPAddress.TryParse(slash < 0 ? text : text[..slash], out _);
    }

    private static UInt128 ToNumber(byte[] bytes)
    {
        UInt128 number = 0;
        foreach (var part in bytes) number = (number << 8) | part;
        return number;
    }
}
