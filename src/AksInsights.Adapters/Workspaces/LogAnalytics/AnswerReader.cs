using System.Buffers;
using System.Text.Json;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>Reads an answer as it comes in: of its text, only what has not been understood yet is held.</summary>
internal static class AnswerReader
{
    /// <summary>The most that is read of an answer, in bytes of JSON; the service's own limit is about 100 MB.</summary>
    public const long MaxBytes = 256L << 20;

    private const int FirstBuffer = 1 << 16;

    /// <summary>Reads a body to its end.</summary>
    /// <returns>Null when there is no body.</returns>
    /// <exception cref="AnswerFormatException">It is cut off, or not of the service's shape.</exception>
    /// <exception cref="AnswerTooLargeException">It is larger than <see cref="MaxBytes"/>.</exception>
    /// <exception cref="IOException">The connection ended.</exception>
    public static async Task<AnswerTables?> ReadAsync(Stream body, CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var tables = new AnswerTables();
            var state = new JsonReaderState();
            long total = 0;
            var held = 0;
            while (true)
            {
                if (held == buffer.Length) buffer = Grow(buffer, held);
                var read = await body.ReadAsync(buffer.AsMemory(held), cancellation).ConfigureAwait(false);
                total += read;
                if (total == 0) return null;
                if (total > MaxBytes) throw new AnswerTooLargeException($"The answer is larger than {MaxBytes >> 20} MiB.");
                held += read;
                var used = Consume(buffer.AsSpan(0, held), read == 0, tables, ref state);
                if (read == 0) return tables;
                buffer.AsSpan(used, held - used).CopyTo(buffer);
                held -= used;
            }
        }
        catch (JsonException failure)
        {
            throw new AnswerFormatException($"The answer is cut off or no JSON: {failure.Message}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Consume(ReadOnlySpan<byte> text, bool isAll, AnswerTables tables, ref JsonReaderState state)
    {
        var json = new Utf8JsonReader(text, isAll, state);
        while (json.Read()) tables.Take(ref json);
        state = json.CurrentState;
        return (int)json.BytesConsumed;
    }

    // One token, such as a long text, may be larger than the buffer.
    private static byte[] Grow(byte[] buffer, int held)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, held).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}

/// <summary>An answer larger than this program takes.</summary>
/// <param name="message">What is wrong with it.</param>
internal sealed class AnswerTooLargeException(string message) : Exception(message);
