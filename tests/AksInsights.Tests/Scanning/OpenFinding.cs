using System.Text.Json;
using AksInsights.Service.Commands;

namespace AksInsights.Tests.Scanning;

/// <summary>A finding as <c>scan --output json</c> prints it.</summary>
internal sealed record OpenFinding(string Query, IReadOnlyDictionary<string, string> Key, string Title, string Evidence)
{
    /// <summary>The last part of the query's id.</summary>
    public string Check => Query[(Query.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Which problem it is, whatever was measured.</summary>
    public string Identity => $"{Query} {string.Join(' ', Key.Select(k => $"{k.Key}={k.Value}"))}";

    public override string ToString() => $"{Identity}: {Title}";

    /// <summary>Scans a recording with all shipped queries, as the program does.</summary>
    public static async Task<IReadOnlyList<OpenFinding>> ScanAsync(string recording)
    {
        using var results = new StringWriter();
        using var messages = new StringWriter();
        var io = new CommandIo(TextReader.Null, results, messages, IsInteractive: false, Width: null, TimeProvider.System);
        string[] arguments = ["scan", "--workspace", recording, "--queries", Repository.Path("queries"), "--as-of", "2026-11-21T08:00:00Z", "--output", "json"];
        var exit = await CommandLineTable.RunAsync(arguments, io, CancellationToken.None);
        Assert.True(exit == 0, messages.ToString());
        using var json = JsonDocument.Parse(results.ToString());
        return [.. json.RootElement.EnumerateArray().Select(Read)];
    }

    private static OpenFinding Read(JsonElement finding) => new(
        finding.GetProperty("query").GetString()!,
        finding.GetProperty("key").EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).ToDictionary(p => p.Name, p => p.Value.GetString()!),
        finding.GetProperty("title").GetString()!,
        finding.GetProperty("evidence").ToString());
}
