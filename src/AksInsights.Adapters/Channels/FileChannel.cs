using System.Text;
using System.Text.Json;
using AksInsights.Core.Alerts;

namespace AksInsights.Adapters.Channels;

/// <summary>A file, or standard output: one line of JSON for each message, or Markdown for people.</summary>
public sealed class FileChannel : IAlertChannel
{
    private readonly string? _path;
    private readonly bool _markdown;
    private readonly TextWriter _output;
    private readonly SemaphoreSlim _writing = new(1);

    private FileChannel(string name, string? path, bool markdown, TextWriter output)
    {
        Name = name;
        _path = path;
        _markdown = markdown;
        _output = output;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Kind => "file";

    /// <summary>Reads the settings: <c>Path</c>, standard output without one; <c>Format</c>, <c>json</c> or <c>markdown</c>.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="output">What stands for standard output; not owned.</param>
    public static FileChannel Create(ChannelSettings settings, TextWriter output) =>
        new(settings.Name, settings.Optional("Path"), settings.Choice("Format", "json", "json", "markdown") == "markdown", output);

    /// <inheritdoc/>
    public string Preview(AlertMessage message) => _markdown ? MarkdownText.Write(message.Document) : Json(message);

    /// <inheritdoc/>
    public async Task<DeliveryOutcome> DeliverAsync(AlertMessage message, CancellationToken cancellation)
    {
        var text = Preview(message) + "\n";
        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_path is null)
            {
                await _output.WriteAsync(text).ConfigureAwait(false);
                await _output.FlushAsync(cancellation).ConfigureAwait(false);
            }
            else
            {
                Append(_path, text);
            }

            return new DeliveryOutcome.Delivered();
        }
        catch (UnauthorizedAccessException error)
        {
            return new DeliveryOutcome.Refused($"The file cannot be written: {error.Message}");
        }
        catch (IOException error)
        {
            return new DeliveryOutcome.TryLater(TimeSpan.Zero, $"The file cannot be written now: {error.Message}");
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public Task<DeliveryOutcome> CheckAsync(CancellationToken cancellation) => Task.FromResult<DeliveryOutcome>(
        _path is null ? new DeliveryOutcome.Delivered("it is standard output.")
        : Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(_path))) ? new DeliveryOutcome.Delivered($"the folder of `{_path}` is there.")
        : new DeliveryOutcome.Refused($"There is no folder for `{_path}`. Make it."));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes all of a text and waits for the disk; a part of a line that a full disk left behind is taken back.</summary>
    private static void Append(string path, string text)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 1);
        var before = file.Position;
        try
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(before);
            throw;
        }
    }

    private static string Json(AlertMessage message)
    {
        var document = message.Document;
        var body = JsonBody.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("key", message.Key);
            json.WriteString("thread", message.ThreadKey);
            json.WriteString("at", message.At.UtcDateTime);
            json.WriteString("title", document.Title);
            json.WriteString("markdown", MarkdownText.Write(document));
            json.WriteStartArray("findings");
            foreach (var item in message.Items) WriteItem(json, item);
            json.WriteEndArray();
            json.WriteEndObject();
        });
        return Encoding.UTF8.GetString(body.Span);
    }

    private static void WriteItem(Utf8JsonWriter json, AlertItem item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Finding.Id.Value);
        json.WriteString("query", item.Finding.Query.Value);
        json.WriteString("event", item.State);
        json.WriteNumber("episode", item.Episode);
        json.WriteString("severity", Core.Findings.SeverityText.Format(item.Severity));
        json.WriteEndObject();
    }
}
