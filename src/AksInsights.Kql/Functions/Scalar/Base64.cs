using System.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Base64, between texts, arrays of bytes and GUIDs.</summary>
internal static class Base64
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("base64_encode_tostring", FunctionKind.Scalar, "The UTF-8 bytes of a text in base64.",
            "base64_encode_tostring('Kusto')", "base64-encode-tostring-function")
        {
            Aliases = ["base64_encodestring"],
            Signatures =
            [
                new([Parameter.Text("string")], KqlType.String)
                {
                    Kernel = _ => Map.Of<string, string>(text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text))),
                },
            ],
        },
        new("base64_decode_tostring", FunctionKind.Scalar,
            "The text whose UTF-8 bytes are given in base64; empty where they are none.", "base64_decode_tostring('S3VzdG8=')",
            "base64-decode-tostring-function")
        {
            Aliases = ["base64_decodestring"],
            Signatures =
            [
                new([Parameter.Text("base64_string")], KqlType.String)
                {
                    Kernel = _ => Map.OfMaybe<string, string>(text => TryDecode(text, out var bytes) ? Text(bytes) : Maybe<string>.Null),
                },
            ],
        },
        new("base64_decode_toarray", FunctionKind.Scalar,
            "The bytes given in base64 as an array of numbers; null where the text is not base64.",
            "base64_decode_toarray('S3VzdG8=')", "base64-decode-toarray-function")
        {
            Signatures =
            [
                new([Parameter.Text("base64_string")], KqlType.Dynamic)
                {
                    Kernel = _ => Map.OfMaybe<string, object>(ToArray),
                },
            ],
        },
        new("base64_encode_fromarray", FunctionKind.Scalar,
            "An array of numbers from 0 to 255 in base64; empty where it is something else.",
            "base64_encode_fromarray(dynamic([75, 117]))", "base64-encode-fromarray-function")
        {
            Signatures =
            [
                new([Parameter.Dynamic("bytes")], KqlType.String) { Kernel = _ => Map.OfMaybe<object, string>(FromArray) },
            ],
        },
        new("base64_decode_toguid", FunctionKind.Scalar, "The GUID whose 16 bytes are given in base64; null where they are not.",
            "base64_decode_toguid('8jMxriJurkmwahbmqbIS6w==')", "base64-decode-toguid-function")
        {
            Signatures =
            [
                new([Parameter.Text("base64_string")], KqlType.Guid)
                {
                    Kernel = _ => Map.OfMaybe<string, Guid>(text => TryDecode(text, out var bytes) && bytes.Length == 16 ? new Guid(bytes) : Maybe<Guid>.Null),
                },
            ],
        },
        new("base64_encode_fromguid", FunctionKind.Scalar, "The 16 bytes of a GUID in base64.",
            "base64_encode_fromguid(toguid('ae3133f2-6e22-49ae-b06a-16e6a9b212eb'))", "base64-encode-fromguid-function")
        {
            Signatures =
            [
                new([new Parameter("guid", TypeSet.Guid)], KqlType.String)
                {
                    Kernel = _ => Map.Of<Guid, string>(id => Convert.ToBase64String(id.ToByteArray())),
                },
            ],
        },
    ];

    /// <summary>Reads base64; false where the text is not.</summary>
    public static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = new byte[((text.Length + 3) / 4) * 3];
        var read = Convert.TryFromBase64String(text, bytes, out var count);
        bytes = bytes[..count];
        return read;
    }

    /// <summary>The text that UTF-8 bytes stand for; null where they are not well-formed.</summary>
    public static Maybe<string> Text(byte[] bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Maybe<string>.Null;
        }
    }

    private static Maybe<object> ToArray(string text) =>
        TryDecode(text, out var bytes) ? new DynamicArray([.. bytes.Select(b => (object)(long)b)]) : Maybe<object>.Null;

    private static Maybe<string> FromArray(object value)
    {
        if (value is not DynamicArray array) return Maybe<string>.Null;
        var bytes = new byte[array.Count];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (array[i] is not (long number and >= 0 and <= byte.MaxValue)) return Maybe<string>.Null;
            bytes[i] = (byte)number;
        }

        return Convert.ToBase64String(bytes);
    }
}
