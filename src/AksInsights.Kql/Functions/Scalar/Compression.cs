using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Texts compressed with deflate, in base64. Sources: RFC 1950 (zlib), 1951 (deflate), 1952 (gzip).</summary>
internal static class Compression
{
    // A few bytes can stand for gigabytes; no honest text of a log comes near this.
    private const int MaxInflatedBytes = 64 << 20;
    private const int MaxStoredBlock = ushort.MaxValue;

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Entry("gzip_compress_to_base64_string", "A text compressed with gzip, in base64.",
            "gzip_compress_to_base64_string('abc')", "gzip-base64-compress",
            Map.Of<string, string>(text => Convert.ToBase64String(Gzip(Encoding.UTF8.GetBytes(text))))),
        Entry("gzip_decompress_from_base64_string",
            "The text that was compressed with gzip, from base64; empty where there is none.",
            "gzip_decompress_from_base64_string('H4sIAAAAAAAA/0tMSgYAwkEkNQMAAAA=')", "gzip-base64-decompress",
            Map.OfMaybe<string, string>(text => Inflate(text, bytes => new GZipStream(bytes, CompressionMode.Decompress)))),
        Entry("zlib_compress_to_base64_string", "A text compressed with zlib, in base64.",
            "zlib_compress_to_base64_string('abc')", "zlib-base64-compress-function",
            Map.Of<string, string>(text => Convert.ToBase64String(Zlib(Encoding.UTF8.GetBytes(text))))),
        Entry("zlib_decompress_from_base64_string",
            "The text that was compressed with zlib, from base64; empty where there is none.",
            "zlib_decompress_from_base64_string('eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4=')", "zlib-base64-decompress-function",
            Map.OfMaybe<string, string>(text => Inflate(text, bytes => new ZLibStream(bytes, CompressionMode.Decompress)))),
    ];

    private static FunctionEntry Entry(string name, string description, string example, string page, ScalarKernel kernel) =>
        new(name, FunctionKind.Scalar, description, example, page)
        {
            Signatures = [new([Parameter.Text("string")], KqlType.String) { Kernel = _ => kernel }],
        };

    private static byte[] Gzip(byte[] bytes)
    {
        var trailer = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, Crc32(bytes));
        BinaryPrimitives.WriteInt32LittleEndian(trailer.AsSpan(4), bytes.Length);
        // Deflate, no flags, no time, an unknown operating system: the same text gives the same bytes everywhere.
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, .. Deflate(bytes, out _), .. trailer];
    }

    private static byte[] Zlib(byte[] bytes)
    {
        var trailer = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(trailer, Adler32(bytes));
        var deflated = Deflate(bytes, out var isStored);
        return [0x78, (byte)(isStored ? 0x01 : 0x9C), .. deflated, .. trailer];
    }

    private static byte[] Deflate(byte[] bytes, out bool isStored)
    {
        using var target = new MemoryStream();
        using (var deflater = new DeflateStream(target, CompressionLevel.Optimal, leaveOpen: true)) deflater.Write(bytes);
        isStored = target.Length >= bytes.Length;
        return isStored ? Store(bytes) : target.ToArray();
    }

    /// <summary>Blocks that hold their bytes as they are: the shortest form of what does not compress.</summary>
    private static byte[] Store(byte[] bytes)
    {
        using var target = new MemoryStream();
        Span<byte> header = stackalloc byte[5];
        var start = 0;
        do
        {
            var length = Math.Min(MaxStoredBlock, bytes.Length - start);
            header[0] = (byte)(start + length == bytes.Length ? 1 : 0);
            BinaryPrimitives.WriteUInt16LittleEndian(header[1..], (ushort)length);
            BinaryPrimitives.WriteUInt16LittleEndian(header[3..], (ushort)~length);
            target.Write(header);
            target.Write(bytes, start, length);
            start += length;
        }
        while (start < bytes.Length);

        return target.ToArray();
    }

    private static Maybe<string> Inflate(string base64, Func<Stream, Stream> open)
    {
        if (!Base64.TryDecode(base64, out var bytes) || bytes.Length == 0) return Maybe<string>.Null;
        try
        {
            using var source = open(new MemoryStream(bytes));
            using var target = new MemoryStream();
            var buffer = new byte[16 << 10];
            for (var read = source.Read(buffer); read > 0; read = source.Read(buffer))
            {
                target.Write(buffer, 0, read);
                if (target.Length > MaxInflatedBytes) return Maybe<string>.Null;
            }

            return Base64.Text(target.ToArray());
        }
        catch (InvalidDataException)
        {
            return Maybe<string>.Null;
        }
    }

    private static uint Crc32(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var part in bytes)
        {
            crc ^= part;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }

    private static uint Adler32(byte[] bytes)
    {
        const uint Modulus = 65521;
        var (low, high) = (1u, 0u);
        foreach (var part in bytes)
        {
            low = (low + part) % Modulus;
            high = (high + low) % Modulus;
        }

        return (high << 16) | low;
    }
}
