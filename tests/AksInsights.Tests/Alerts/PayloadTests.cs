using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using AksInsights.Adapters.Channels;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Tests.Findings;

namespace AksInsights.Tests.Alerts;

/// <summary>What each channel sends, to the letter: an alert that tells of a beginning and an end, and a digest. Files of Golden/payloads, read by people.</summary>
public sealed partial class PayloadTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string, string, string> Channels => new()
    {
        { "alertmanager", "alertmanager", "Urls=http://am.example/" },
        { "teams", "teams", "Url=https://teams.example/workflows/x" },
        { "slack-webhook", "slack", "Url=https://hooks.example/services/x" },
        { "slack-bot", "slack", "Token=xoxb-x;Channel=C123" },
        { "pagerduty", "pagerduty", "RoutingKey=x" },
        { "webhook", "webhook", "Url=https://hook.example/;Secret=whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=" },
        { "email", "email", "Host=mail.example;From=aks@example.com;To=ops@example.com" },
    };

    [Theory]
    [MemberData(nameof(Channels))]
    public async Task AnAlertAndADigestAreSentAsWritten(string name, string kind, string settings)
    {
        await using var channel = Create(kind, settings);
        var gone = Samples.Open(Severity.Warning, "web") with { Condition = Condition.Resolved, ConditionSince = Samples.Minute(30), ResolveReason = ResolveReason.Cleared };
        var alert = AlertSamples.Message(AlertSamples.Item(AlertSamples.Saying("Deployment shop/cart \"<b>\" *نص* restarts")), AlertSamples.Item(gone, FindingEventKind.Resolved, 30));
        var text = $"== alert ==\n{Normal(channel.Preview(alert))}\n";
        if (kind is not ("alertmanager" or "pagerduty")) text += $"== digest ==\n{Normal(channel.Preview(AlertSamples.Digest(AlertSamples.Long(2))))}\n";
        var path = Repository.Path("tests", "AksInsights.Tests", "Golden", "payloads", name + ".txt");
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1")
        {
            Assert.NotEqual("true", Environment.GetEnvironmentVariable("CI"));
            await File.WriteAllTextAsync(path, text);
        }

        Assert.Equal(await File.ReadAllTextAsync(path), text);
    }

    private static IAlertChannel Create(string kind, string settings)
    {
        var values = settings.Split(';').Select(pair => pair.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]));
        var read = new ChannelSettings("ops", values.Append(KeyValuePair.Create("Kind", kind)));
        var channel = new ChannelFactory(new ManualTime(Samples.Minute(31)), TextWriter.Null).Create(read);
        Assert.Empty(read.Mistakes);
        return channel!;
    }

    /// <summary>JSON with line breaks; mails without the part of their boundary that is drawn by lot.</summary>
    private static string Normal(string payload)
    {
        if (!payload.StartsWith('{') && !payload.StartsWith('[')) return Boundary().Replace(payload.Replace("\r\n", "\n", StringComparison.Ordinal), "BOUNDARY");
        // A channel that sends a request for each finding shows them line by line.
        return string.Join('\n', payload.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(request => JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(request), Indented)));
    }

    [GeneratedRegex("=-[A-Za-z0-9+/=]{20,}")]
    private static partial Regex Boundary();
}
