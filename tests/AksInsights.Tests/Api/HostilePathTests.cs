using System.Net.Sockets;
using System.Text;

namespace AksInsights.Tests.Api;

/// <summary>Names from outside in the addresses of the service, sent byte for byte as no client would: none leads to a file, and none is a fault of the program.</summary>
public sealed class HostilePathTests(StartedService service) : IClassFixture<StartedService>
{
    private static readonly string[] Names =
    [
        "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5c..%5cetc%5cpasswd", "%252e%252e%252fetc%252fpasswd", "/etc/passwd", "%2fetc%2fpasswd", "..", "%2e%2e", ".",
        "file:%2f%2f%2fetc%2fpasswd", "a%00b", "%00", "..%00", "a%0d%0aSet-Cookie:%20x=1", "%ff%fe", "%c0%ae%c0%ae%2f", "~root", "$(id)", "'%20OR%20'1'='1", "%25", "%", "%zz", "\u00e4", new('a', 4_000), new('%', 900),
    ];

    [Fact]
    public async Task NoNameInAnAddressLeadsAnywhere()
    {
        var routes = service.Routes.Select(route => route.RoutePattern.RawText!).Where(route => route.Contains('{', StringComparison.Ordinal)).Distinct().ToList();
        Assert.Contains("/assets/{hash}/{name}", routes);
        Assert.True(routes.Count > 10, string.Join(' ', routes));
        foreach (var path in routes.SelectMany(route => Names.Select(name => Fill(route, name))).Concat(Names.Select(name => $"/{name}")))
        {
            var (status, text) = await GetAsync(path);
            // A path may also be one of another route, as `.` leaves what is before it; then it is answered as that.
            Assert.True(status is 200 or 302 or 400 or 404 or 405 or 414, $"{path[..Math.Min(100, path.Length)]}: {status}");
            Assert.DoesNotContain("root:x:", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\nSet-Cookie: x=1", text, StringComparison.Ordinal);
            Assert.DoesNotContain(" at AksInsights.", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task NoNameInAQueryOfAnAddressIsAFault()
    {
        foreach (var parameter in new[] { "query", "cluster", "namespace", "workspace", "area", "severity", "condition", "after", "limit" })
            foreach (var name in Names.Where(name => name.Length < 2_000))
                Assert.True((await GetAsync($"/api/v1/findings?{parameter}={name}")).Status is 200 or 400, $"{parameter}={name}");
    }

    private static string Fill(string route, string name)
    {
        var filled = new StringBuilder();
        foreach (var part in route.Split('/').Skip(1)) filled.Append('/').Append(part.StartsWith('{') ? name : part);
        return filled.ToString();
    }

    private async Task<(int Status, string Text)> GetAsync(string path)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(service.Client.BaseAddress!.Host, service.Client.BaseAddress.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: {service.Client.BaseAddress.Authority}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        return (int.Parse(text.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), text);
    }
}
