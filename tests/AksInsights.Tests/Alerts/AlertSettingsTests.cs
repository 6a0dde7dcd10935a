using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Service.Alerts;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Tests.Alerts;

public sealed class AlertSettingsTests
{
    private const string Good = """
        {
          "Alerts": {
            "Site": "https://insights.example",
            "Channels": {
              "ops": { "Kind": "teams", "Url": "https://prod.westeurope.logic.azure.com/x?sig=1" },
              "mail": { "Kind": "email", "Host": "smtp.example", "From": "aks@example.com", "To": [ "ann@example.com", "bob@example.com" ], "Security": "none" }
            },
            "Owners": [ { "Name": "shop", "Namespaces": [ "shop", "shop-*" ], "Channels": [ "mail" ], "MaxSeverity": "warning" } ],
            "Routes": [
              { "Name": "nights", "MinSeverity": "critical", "Channels": [ "ops" ], "Continue": true },
              { "Name": "all", "Areas": [ "pods" ], "Channels": [ "mail" ], "Wait": "1m", "Repeat": "4h",
                "MuteTimes": [ { "Days": [ "Sat", "Sunday" ], "From": "00:00", "To": "00:00", "Zone": "Europe/Berlin" } ] }
            ],
            "Digests": [ { "Name": "daily", "Channels": [ "mail" ], "At": "07:30", "Zone": "Europe/Berlin" } ]
          }
        }
        """;

    [Fact]
    public async Task AWholeConfigurationIsRead()
    {
        await using var settings = Read(Good, out var mistakes);
        Assert.Empty(mistakes);
        Assert.Equal(["mail", "ops"], settings!.Channels.Select(c => c.Name).Order());
        var all = settings.Policy.Routes[1];
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromHours(4)), (all.Wait, all.Repeat));
        Assert.Equal([DayOfWeek.Saturday, DayOfWeek.Sunday], all.MuteTimes[0].Days);
        Assert.Equal(Severity.Critical, settings.Policy.Routes[0].Match.MinSeverity);
        Assert.Equal(new TimeOnly(7, 30), settings.Digests[0].At);
        Assert.Equal(Inhibition.Defaults, settings.Inhibitions);
    }

    [Theory]
    [InlineData("\"Repeat\": \"4h\"", "\"Repeat\": \"often\"", "`Alerts:Routes:1:Repeat` is `often`, where a length of time such as `30s`, `5m` or `4h` is expected.")]
    [InlineData("\"MinSeverity\": \"critical\"", "\"MinSeverity\": \"bad\"", "`Alerts:Routes:0:MinSeverity` is `bad`. Allowed: `info`, `warning`, `error`, `critical`.")]
    [InlineData("\"Kind\": \"teams\"", "\"Kind\": \"team\"", "`Alerts:Channels:ops:Kind` is `team`. There are `alertmanager`, `email`, `file`, `pagerduty`, `slack`, `teams`, `webhook`. Nearest: `teams`.")]
    [InlineData("\"Channels\": [ \"ops\" ]", "\"Channels\": [ \"opps\" ]", "`Alerts:Routes:0:Channels` names `opps`, which is no channel. Nearest: `ops`.")]
    [InlineData("\"Host\"", "\"Hots\"", "`Alerts:Channels:mail:Host` is missing. Give it, or `Alerts:Channels:mail:HostFile` with the path of a file that holds it.")]
    [InlineData("\"Site\"", "\"Sites\"", "`Alerts:Sites` is not known here. Nearest: `Site`.")]
    [InlineData("ann@example.com", "ann", "`Alerts:Channels:mail:To` has `ann`, which is no mail address.")]
    public void AMistakeNamesKeyValueAndWhatIsAllowed(string right, string wrong, string expected)
    {
        Assert.Null(Read(Good.Replace(right, wrong, StringComparison.Ordinal), out var mistakes));
        Assert.Contains(expected, mistakes);
    }

    [Fact]
    public void AWrongAddressIsNotToldAsItMayBeNearlyASecret()
    {
        Read(Good.Replace("https://prod.westeurope", "ttps//prod.SECRET", StringComparison.Ordinal), out var mistakes);
        Assert.DoesNotContain("SECRET", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    private static AlertSettings? Read(string json, out IReadOnlyList<string> mistakes)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        var configuration = new ConfigurationBuilder().AddJsonStream(stream).Build();
        return AlertSettings.Read(configuration, TimeProvider.System, TextWriter.Null, out mistakes);
    }
}
