using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>IPv4 addresses inside a text: four numbers with dots that no letter or digit adjoins.</summary>
internal static class Ipv4Search
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        One("has_ipv4", "Whether an IPv4 address stands in a text.", "has_ipv4('05:04:54 127.0.0.1 GET', '127.0.0.1')", HasAddress),
        One("has_ipv4_prefix", "Whether an IPv4 address that begins with a prefix such as `192.168.` stands in a text.",
            "has_ipv4_prefix('05:04:54 127.0.0.1 GET', '127.0.')", HasPrefix),
        Several("has_any_ipv4", "Whether one of several IPv4 addresses stands in a text.",
            "has_any_ipv4('05:04:54 127.0.0.1 GET', '127.0.0.1', '127.0.0.2')", HasAddress),
        Several("has_any_ipv4_prefix", "Whether an IPv4 address that begins with one of several prefixes stands in a text.",
            "has_any_ipv4_prefix('05:04:54 127.0.0.1 GET', '127.0.', '192.168.')", HasPrefix),
    ];

    private static FunctionEntry One(string name, string description, string example, Func<string, string, bool> test) =>
        new(name, FunctionKind.Scalar, description, example, $"{name.Replace('_', '-')}-function")
        {
            Signatures =
            [
                new([Parameter.Text("source"), Parameter.Text("ip_address")], KqlType.Bool)
                {
                    Kernel = _ => Map.Of(test),
                },
            ],
        };

    private static FunctionEntry Several(string name, string description, string example, Func<string, string, bool> test) =>
        new(name, FunctionKind.Scalar, description, example, $"{name.Replace('_', '-')}-function")
        {
            Signatures =
            [
                new([Parameter.Text("source"), Parameter.Dynamic("ip_addresses")], KqlType.Bool)
                {
                    Kernel = _ => Map.Of<string, object, bool>((text, list) =>
                        list is DynamicArray array && array.Any(item => item is string address && test(text, address))),
                },
                new([Parameter.Text("source"), Parameter.Text("ip_address")], KqlType.Bool)
                {
                    Repeats = true,
                    Kernel = _ => new MapMany<bool>(row => row.Skip(1).Any(address => test((string)row[0], (string)address))),
                },
            ],
        };

    private static bool HasAddress(string text, string address)
    {
        if (Ipv4.ReadAddress(address, out var wanted) != address.Length || address.Length == 0) return false;
        return Find(text, (_, found) => found == wanted);
    }

    private static bool HasPrefix(string text, string prefix)
    {
        if (!prefix.EndsWith('.')) return HasAddress(text, prefix);
        // A prefix is made of one to three whole numbers of an address.
        var filled = prefix + string.Join('.', Enumerable.Repeat("0", Math.Max(0, 4 - prefix.Count(c => c == '.'))));
        if (Ipv4.ReadAddress(filled, out _) != filled.Length) return false;
        return Find(text, (at, _) => text.AsSpan(at).StartsWith(prefix, StringComparison.Ordinal));
    }

    private static bool Find(string text, Func<int, uint, bool> matches)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]) || (i > 0 && char.IsLetterOrDigit(text[i - 1]))) continue;
            var length = Ipv4.ReadAddress(text.AsSpan(i), out var address);
            var isClosed = i + length == text.Length || !char.IsLetterOrDigit(text[i + length]);
            if (length > 0 && isClosed && matches(i, address)) return true;
        }

        return false;
    }
}
