using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>IPv6 addresses, given as text with an optional prefix length; IPv4 addresses are taken as mapped ones.</summary>
internal static class Ipv6Functions
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Entry("parse_ipv6", KqlType.String,
            "An IPv6 or IPv4 address in eight groups of four digits; empty where the text is none.",
            "parse_ipv6('192.168.255.255/24')", [Parameter.Text("ip")],
            Map.OfMaybe<string, string>(text => Ipv6.TryParse(text, out var ip) ? Ipv6.Format(ip.Network) : Maybe<string>.Null)),
        Entry("parse_ipv6_mask", KqlType.String,
            "The leading bits, of 128, of an IPv6 or IPv4 address in eight groups; empty where the text is none.",
            "parse_ipv6_mask('192.168.255.255', 120)", [Parameter.Text("ip"), Parameter.Long("prefix")],
            Map.OfMaybe<string, long, string>((text, prefix) => Ipv6.TryParse(text, out var ip) && ip.Narrow(prefix) is { } narrow ? Ipv6.Format(narrow.Network) : Maybe<string>.Null)),
        Entry("ipv6_compare", KqlType.Long,
            "-1, 0 or 1: whether one address comes before, with or behind another by the bits that count for both; null where a text is none.",
            "ipv6_compare('192.168.1.1', '::ffff:c0a8:0101')", Pair(),
            new MapMany<long>(Compare)),
        Entry("ipv6_is_match", KqlType.Bool,
            "Whether two addresses are equal in the bits that count for both; null where a text is none.",
            "ipv6_is_match('192.168.1.1', '::ffff:c0a8:0101')", Pair(),
            new MapMany<bool>(row => Compare(row) is { HasValue: true } result ? result.Value == 0 : Maybe<bool>.Null)),
        Entry("ipv6_is_in_range", KqlType.Bool, "Whether an IPv6 address lies in a range; null where a text is none.",
            "ipv6_is_in_range('fe80::1', 'fe80::/10')",
            [Parameter.Text("Ipv6Address"), Parameter.Text("Ipv6Range")],
            Map.OfMaybe<string, string, bool>(IsInRange)),
        new("ipv6_is_in_any_range", FunctionKind.Scalar,
            "Whether an IPv6 address lies in one of several ranges; null where it lies in none and a text is no address.",
            "ipv6_is_in_any_range('fe80::1', 'fe80::/10', 'fc00::/7')", "ipv6-is-in-any-range-function")
        {
            Signatures = [.. Ipv4Functions.AnyRange(IsInRange)],
        },
    ];

    private static FunctionEntry Entry(string name, KqlType result, string description, string example, IReadOnlyList<Parameter> parameters, ScalarKernel kernel) =>
        new(name, FunctionKind.Scalar, description, example, $"{name.Replace('_', '-')}-function")
        {
            Signatures = [new(parameters, result) { Kernel = _ => kernel }],
        };

    private static IReadOnlyList<Parameter> Pair() => [Parameter.Text("ip1"), Parameter.Text("ip2"), Parameter.Long("prefix").Optional()];

    private static Maybe<long> Compare(object[] row)
    {
        if (!Ipv6.TryParse((string)row[0], out var one) || !Ipv6.TryParse((string)row[1], out var other)) return Maybe<long>.Null;
        if (Narrow(one, row) is not { } left || Narrow(other, row) is not { } right) return Maybe<long>.Null;
        var mask = Ipv6.Mask(Math.Min(left.Prefix, right.Prefix));
        return (left.Address & mask).CompareTo(right.Address & mask);
    }

    private static Ipv6? Narrow(Ipv6 ip, object[] row) => row.Length > 2 ? ip.Narrow((long)row[2]) : ip;

    private static Maybe<bool> IsInRange(string address, string range) =>
        Ipv6.TryParse(address, out var ip) && Ipv6.TryParse(range, out var network)
            ? (ip.Network & Ipv6.Mask(network.Prefix)) == network.Network
            : Maybe<bool>.Null;
}
