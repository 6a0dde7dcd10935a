using System.Numerics;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>IPv4 addresses, given as text with an optional prefix length.</summary>
internal static class Ipv4Functions
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Entry("parse_ipv4", KqlType.Long, "An IPv4 address as a number; null where the text is none.",
            "parse_ipv4('192.168.1.1/24')", [Ip("ip")],
            Map.OfMaybe<string, long>(text => Ipv4.TryParse(text, out var ip) ? ip.Network : Maybe<long>.Null)),
        Entry("parse_ipv4_mask", KqlType.Long, "The leading bits of an IPv4 address as a number; null where the text is none.",
            "parse_ipv4_mask('127.0.0.1', 24)", [Ip("ip"), Parameter.Long("prefix")],
            Map.OfMaybe<string, long, long>((text, prefix) => Ipv4.TryParse(text, out var ip) && ip.Narrow(prefix) is { } narrow ? narrow.Network : Maybe<long>.Null)),
        Entry("ipv4_netmask_suffix", KqlType.Long,
            "The prefix length of an IPv4 address, 32 where none is written; null where the text is none.",
            "ipv4_netmask_suffix('192.168.1.1/24')", [Ip("ip")],
            Map.OfMaybe<string, long>(text => Ipv4.TryParse(text, out var ip) ? ip.Prefix : Maybe<long>.Null)),
        Entry("ipv4_compare", KqlType.Long,
            "-1, 0 or 1: whether one IPv4 address comes before, with or behind another by the bits that count for both; null where a text is none.",
            "ipv4_compare('192.168.1.1/24', '192.168.1.255')", Pair(),
            new MapMany<long>(row => Compare(row))),
        Entry("ipv4_is_match", KqlType.Bool,
            "Whether two IPv4 addresses are equal in the bits that count for both; null where a text is none.",
            "ipv4_is_match('192.168.1.1/24', '192.168.1.255')", Pair(),
            new MapMany<bool>(row => Compare(row) is { HasValue: true } result ? result.Value == 0 : Maybe<bool>.Null)),
        Entry("ipv4_is_in_range", KqlType.Bool, "Whether an IPv4 address lies in a range; null where a text is none.",
            "ipv4_is_in_range('192.168.1.6', '192.168.1.1/24')", [Ip("Ipv4Address"), Ip("Ipv4Range")],
            Map.OfMaybe<string, string, bool>(IsInRange)),
        new("ipv4_is_in_any_range", FunctionKind.Scalar,
            "Whether an IPv4 address lies in one of several ranges; null where it lies in none and a text is no address.",
            "ipv4_is_in_any_range('192.168.1.6', '192.168.1.1/24', '10.0.0.1/8')", "ipv4-is-in-any-range-function")
        {
            Signatures = [.. AnyRange(IsInRange)],
        },
        Entry("ipv4_is_private", KqlType.Bool,
            "Whether an IPv4 address belongs to one of the private networks; null where the text is none.",
            "ipv4_is_private('192.168.1.1/24')", [Ip("ip")],
            Map.OfMaybe<string, bool>(text => Ipv4.TryParse(text, out var ip) ? PrivateNetworks.Any(n => Contains(n, ip)) : Maybe<bool>.Null)),
        Entry("ipv4_range_to_cidr_list", KqlType.Dynamic,
            "The fewest ranges that together are the addresses from one to another; null where a text is none.",
            "ipv4_range_to_cidr_list('1.1.128.0', '1.1.140.255')", [Ip("StartAddress"), Ip("EndAddress")],
            Map.OfMaybe<string, string, object>(ToRanges)),
        Entry("format_ipv4", KqlType.String,
            "An IPv4 address, given as text or number, with the bits behind a prefix set to 0; empty where it is none.",
            "format_ipv4('192.168.1.1', 24)", [Address(), Parameter.Long("prefix").Optional()],
            new MapMany<string>(row => ToAddress(row) is { } ip ? Ipv4.Format(ip.Network) : Maybe<string>.Null)),
        Entry("format_ipv4_mask", KqlType.String,
            "An IPv4 address, given as text or number, with its prefix length; empty where it is none.",
            "format_ipv4_mask('192.168.1.1', 24)", [Address(), Parameter.Long("prefix").Optional()],
            new MapMany<string>(row => ToAddress(row) is { } ip ? $"{Ipv4.Format(ip.Network)}/{ScalarValues.ToText((long)ip.Prefix)}" : Maybe<string>.Null)),
    ];

    private static IReadOnlyList<Ipv4> PrivateNetworks => [new(0x0A000000, 8), new(0xAC100000, 12), new(0xC0A80000, 16)];

    private static FunctionEntry Entry(string name, KqlType result, string description, string example, IReadOnlyList<Parameter> parameters, ScalarKernel kernel) =>
        new(name, FunctionKind.Scalar, description, example, $"{name.Replace('_', '-')}-function")
        {
            Signatures = [new(parameters, result) { Kernel = _ => kernel }],
        };

    private static Parameter Ip(string name) => Parameter.Text(name);

    private static Parameter Address() => new("ip", TypeSet.Any);

    private static IReadOnlyList<Parameter> Pair() => [Ip("ip1"), Ip("ip2"), Parameter.Long("prefix").Optional()];

    /// <summary>The two forms of a function that tries several ranges: one after the other, or in an array.</summary>
    internal static IEnumerable<Signature> AnyRange(Func<string, string, Maybe<bool>> test)
    {
        yield return new([Parameter.Text("address"), Parameter.Dynamic("ranges")], KqlType.Bool)
        {
            Kernel = _ => Map.OfMaybe<string, object, bool>((address, ranges) =>
                Any(address, ranges is DynamicArray array ? array : [ranges], test)),
        };
        yield return new([Parameter.Text("address"), Ip("range")], KqlType.Bool)
        {
            Repeats = true,
            Kernel = _ => new MapMany<bool>(row => Any((string)row[0], row.Skip(1), test)),
        };
    }

    private static Maybe<bool> Any(string address, IEnumerable<object?> ranges, Func<string, string, Maybe<bool>> test)
    {
        var unclear = false;
        foreach (var range in ranges)
        {
            var result = range is string text ? test(address, text) : Maybe<bool>.Null;
            if (result is { HasValue: true, Value: true }) return true;
            unclear |= !result.HasValue;
        }

        return unclear ? Maybe<bool>.Null : false;
    }

    private static Maybe<long> Compare(object[] row)
    {
        if (!Ipv4.TryParse((string)row[0], out var one) || !Ipv4.TryParse((string)row[1], out var other)) return Maybe<long>.Null;
        if (Narrow(one, row) is not { } left || Narrow(other, row) is not { } right) return Maybe<long>.Null;
        var mask = Ipv4.Mask(Math.Min(left.Prefix, right.Prefix));
        return (left.Address & mask).CompareTo(right.Address & mask);
    }

    private static Ipv4? Narrow(Ipv4 ip, object[] row) => row.Length > 2 ? ip.Narrow((long)row[2]) : ip;

    private static Maybe<bool> IsInRange(string address, string range) =>
        Ipv4.TryParse(address, out var ip) && Ipv4.TryParse(range, out var network) ? Contains(network, ip) : Maybe<bool>.Null;

    private static bool Contains(Ipv4 network, Ipv4 ip) => (ip.Network & Ipv4.Mask(network.Prefix)) == network.Network;

    private static Maybe<object> ToRanges(string start, string end)
    {
        if (!Ipv4.TryParse(start, out var first) || !Ipv4.TryParse(end, out var last)) return Maybe<object>.Null;
        var ranges = new List<object?>();
        for (ulong at = first.Network; at <= last.Network;)
        {
            // The largest block that begins here and does not reach behind the end.
            var left = (ulong)last.Network - at + 1;
            var free = Math.Min(at == 0 ? 32 : BitOperations.TrailingZeroCount(at), BitOperations.Log2(left));
            ranges.Add($"{Ipv4.Format((uint)at)}/{ScalarValues.ToText(32L - free)}");
            at += 1UL << free;
        }

        return new DynamicArray([.. ranges]);
    }

    private static Ipv4? ToAddress(object[] row)
    {
        Ipv4? ip = row[0] switch
        {
            string text when Ipv4.TryParse(text, out var parsed) => parsed,
            long number and >= 0 and <= uint.MaxValue => new Ipv4((uint)number, 32),
            _ => null,
        };
        return row.Length > 1 ? ip?.Narrow((long)row[1]) : ip;
    }
}
