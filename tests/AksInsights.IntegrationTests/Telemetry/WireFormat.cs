using System.Buffers.Binary;
using System.Text;

namespace AksInsights.IntegrationTests.Telemetry;

/// <summary>A message of protocol buffers, by the numbers of its fields: what OTLP is written in. Groups, which nobody uses any more, are refused.</summary>
internal sealed class WireFormat
{
    private readonly List<(int Number, object Value)> _fields = [];

    public WireFormat(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        for (var at = 0; at < span.Length;)
        {
            var tag = Varint(span, ref at);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add((number, Varint(span, ref at)));
                    break;
                case 1:
                    _fields.Add((number, BinaryPrimitives.ReadUInt64LittleEndian(span[at..])));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(span, ref at);
                    _fields.Add((number, bytes.Slice(at, length)));
                    at += length;
                    break;
                case 5:
                    _fields.Add((number, (ulong)BinaryPrimitives.ReadUInt32LittleEndian(span[at..])));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} at {at}.");
            }
        }
    }

    /// <summary>The messages in a field.</summary>
    public IEnumerable<WireFormat> Messages(int number) => Bytes(number).Select(bytes => new WireFormat(bytes));

    /// <summary>The text in a field; empty when it is not there.</summary>
    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number).FirstOrDefault().Span);

    /// <summary>The bytes in a field in hexadecimal; empty when it is not there.</summary>
    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number).FirstOrDefault().Span);

    /// <summary>The whole number in a field; null when it is not there.</summary>
    public ulong? Number(int number) => _fields.Where(field => field.Number == number).Select(field => field.Value as ulong?).FirstOrDefault();

    private IEnumerable<ReadOnlyMemory<byte>> Bytes(int number) => _fields.Where(field => field.Number == number).Select(field => field.Value).OfType<ReadOnlyMemory<byte>>();

    private static ulong Varint(ReadOnlySpan<byte> span, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = span[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }
}
