using System.IO.Pipelines;
using System.Text.Json;
using AksInsights.Kql.Results;

namespace AksInsights.Service.Serving;

/// <summary>Writes answers as they go out: never more than about 64 KB of the text is held, however many rows there are.</summary>
/// <param name="to">Where to.</param>
internal sealed class AnswerWriter(PipeWriter to) : IAsyncDisposable
{
    private const int FlushBytes = 1 << 16;

    private long _flushed;

    /// <summary>The writer, for what is small.</summary>
    public Utf8JsonWriter Json { get; } = new(to, ResultJson.Options);

    /// <summary>Writes an answer as one object.</summary>
    /// <exception cref="OperationCanceledException">The reader is gone.</exception>
    public async Task WriteAsync(ServedAnswer answer, RequestPreferences preferences, CancellationToken cancellation)
    {
        Json.WriteStartObject();
        switch (answer)
        {
            case ServedAnswer.Rows rows:
                await WriteTablesAsync(rows.Result.Tables, cancellation).ConfigureAwait(false);
                if (preferences.Statistics) StatisticsJson.Write(Json, rows);
                if (preferences.Render) RenderJson.Write(Json, rows.Result.Visualization);
                if (rows.Error is { } error) WriteError(error);
                break;
            case ServedAnswer.Refused refused:
                WriteError(refused.Error);
                break;
            default:
                throw new InvalidOperationException($"An answer of a kind that does not exist: {answer}.");
        }

        Json.WriteEndObject();
    }

    /// <summary>Sends what is written so far.</summary>
    /// <exception cref="OperationCanceledException">The reader is gone.</exception>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        await Json.FlushAsync(cancellation).ConfigureAwait(false);
        _flushed = Json.BytesCommitted;
        await to.FlushAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Json.DisposeAsync();

    private void WriteError(ServiceError error)
    {
        Json.WritePropertyName("error");
        error.Write(Json, Guid.NewGuid());
    }

    private async Task WriteTablesAsync(IReadOnlyList<ResultTable> tables, CancellationToken cancellation)
    {
        Json.WriteStartArray("tables");
        foreach (var table in tables)
        {
            Json.WriteStartObject();
            ResultJson.WriteHead(Json, table);
            Json.WriteStartArray("rows");
            for (var row = 0; row < table.RowCount; row++)
            {
                ResultJson.WriteRow(Json, table, row);
                if (Json.BytesCommitted + Json.BytesPending - _flushed > FlushBytes) await FlushAsync(cancellation).ConfigureAwait(false);
            }

            Json.WriteEndArray();
            Json.WriteEndObject();
        }

        Json.WriteEndArray();
    }
}
