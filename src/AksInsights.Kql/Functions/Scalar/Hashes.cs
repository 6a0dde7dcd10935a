using System.Buffers.Binary;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Hash values. That of a text is of its UTF-8 bytes; the cryptographic ones are of the text of any value.</summary>
internal static class Hashes
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Quick("hash",
            "A hash (xxHash64) of a value, optionally folded to 0 ... mod - 1; stable within a query, not over versions.",
            "hash('World', 100)"),
        Quick("hash_xxhash64", "The xxHash64 of a value, optionally folded to 0 ... mod - 1.", "hash_xxhash64('World')"),
        new("hash_many", FunctionKind.Scalar,
            "One hash of several values; stable within a query. Another number than the service's.",
            "hash_many('Hello', 'World')", "hash-many-function")
        {
            Signatures =
            [
                new([new Parameter("value", TypeSet.NotDynamic)], KqlType.Long)
                {
                    Repeats = true,
                    Kernel = _ => Map.OfRow(row => (object)Combine(row.Select(v => HashOf(v, KqlType.Dynamic)))),
                },
            ],
        },
        new("hash_combine", FunctionKind.Scalar,
            "One hash of several hashes; stable within a query. Another number than the service's.",
            "hash_combine(hash('Hello'), hash('World'))", "hash-combine-function")
        {
            Signatures =
            [
                new([Parameter.Long("hash")], KqlType.Long)
                {
                    Repeats = true,
                    Kernel = _ => new MapMany<long>(row => Combine(row.Cast<long>())),
                },
            ],
        },
        Digest("hash_md5", "The MD5 digest of a value's text in hexadecimal digits.", Md5),
        Digest("hash_sha1", "The SHA-1 digest of a value's text in hexadecimal digits.", Sha1),
        Digest("hash_sha256", "The SHA-256 digest of a value's text in hexadecimal digits.", SHA256.HashData),
    ];

    private static FunctionEntry Quick(string name, string description, string example) =>
        new(name, FunctionKind.Scalar, description, example, $"{name.Replace('_', '-')}-function")
        {
            Signatures =
            [
                new([new Parameter("source", TypeSet.NotDynamic), Parameter.Long("mod").Optional()], KqlType.Long)
                {
                    Kernel = shape => new MapMany<long>(row => Fold(HashOf(row[0], shape.Types[0]), row.Length > 1 ? (long)row[1] : 0)),
                },
            ],
        };

    private static FunctionEntry Digest(string name, string description, Func<byte[], byte[]> digest) =>
        new(name, FunctionKind.Scalar, description, $"{name}('World')", $"{name.Replace('_', '-')}-function")
        {
            Signatures =
            [
                new([new Parameter("source", TypeSet.NotDynamic, KqlType.String)], KqlType.String)
                {
                    Kernel = _ => Map.Of<string, string>(text => Convert.ToHexStringLower(digest(Encoding.UTF8.GetBytes(text)))),
                },
            ],
        };

    [SuppressMessage("Security", "CA5351", Justification = "The language has the function; nothing is protected by it.")]
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);

    [SuppressMessage("Security", "CA5350", Justification = "The language has the function; nothing is protected by it.")]
    private static byte[] Sha1(byte[] bytes) => SHA1.HashData(bytes);

    private static long Fold(long hash, long mod) => mod > 0 ? (long)((ulong)hash % (ulong)mod) : hash;

    private static long HashOf(object? value, KqlType type)
    {
        switch (value)
        {
            case null: return 0;
            case string text: return (long)XxHash64.Of(Encoding.UTF8.GetBytes(text));
            case Guid id: return (long)XxHash64.Of(id.ToByteArray());
            case decimal exact: return HashOf(ScalarValues.ToText(exact), KqlType.String);
        }

        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value switch
        {
            long number => number,
            double real => BitConverter.DoubleToInt64Bits(real),
            bool truth => truth ? 1 : 0,
            DateTime instant => instant.Ticks,
            TimeSpan length => length.Ticks,
            _ => throw new UnreachableException($"No scalar is a {value.GetType().Name}."),
        });
        return (long)XxHash64.Of(type switch { KqlType.Int => bytes[..4], KqlType.Bool => bytes[..1], _ => bytes });
    }

    private static long Combine(IEnumerable<long> hashes)
    {
        var combined = 0UL;
        foreach (var hash in hashes) combined ^= (ulong)hash + 0x9E3779B97F4A7C15 + (combined << 6) + (combined >> 2);
        return (long)combined;
    }
}
