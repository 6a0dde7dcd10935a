using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AksInsights.Adapters.Channels;

/// <summary>Writes JSON bodies. Letters of other scripts stand as they are: escaped, a message would be up to six times as long.</summary>
internal static class JsonBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The UTF-8 bytes of what is written.</summary>
    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options)) write(json);
        return buffer.WrittenMemory;
    }
}
