using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AksInsights.Service.Hosting;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Web;

/// <summary>Lets a browser in for twelve hours after somebody gave a key: a signed cookie with the owner's name, never the key.</summary>
/// <remarks>
/// The signature is made with a secret of this process, or with <c>Service:SessionSecret</c> where replicas answer under one address. It covers the hash of the key, so
/// that a key that is taken out of the configuration ends its sessions. The hash alone would not do as the secret: whoever reads the configuration could sign then.
/// </remarks>
internal sealed class WebSession
{
    private const string Cookie = "aksinsights-session";

    private static readonly TimeSpan Lasts = TimeSpan.FromHours(12);

    private readonly IReadOnlyDictionary<string, string> _hashes;
    private readonly TimeProvider _time;
    private readonly byte[] _secret;

    /// <summary>Makes sessions for the owners of keys.</summary>
    public WebSession(ServiceSettings settings, TimeProvider time)
    {
        _hashes = settings.KeyHashes;
        _time = time;
        _secret = settings.SessionSecret is { } shared ? SHA256.HashData(Encoding.UTF8.GetBytes(shared.Reveal())) : RandomNumberGenerator.GetBytes(32);
    }

    /// <summary>Signs somebody in.</summary>
    /// <returns>False when the key is nobody's.</returns>
    public bool TryBegin(HttpContext context, string key)
    {
        if (ApiKey.OwnerOf(key, _hashes) is not { } owner) return false;
        var until = (_time.GetUtcNow() + Lasts).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        WebCookies.Set(context, Cookie, $"{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(owner))}.{until}.{Sign(owner, until)}", Lasts);
        return true;
    }

    /// <summary>Signs out.</summary>
    public static void End(HttpContext context) => WebCookies.Set(context, Cookie, null, TimeSpan.Zero);

    /// <summary>Who is signed in; null when nobody is, or the session is over, or the key is gone.</summary>
    public string? OwnerOf(HttpRequest request)
    {
        if (request.Cookies[Cookie]?.Split('.') is not [var hex, var until, var signature] || hex.Length % 2 != 0 || !hex.All(char.IsAsciiHexDigit)) return null;
        var owner = Encoding.UTF8.GetString(Convert.FromHexString(hex));
        if (!_hashes.ContainsKey(owner)) return null;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes(Sign(owner, until)))) return null;
        return long.Parse(until, CultureInfo.InvariantCulture) > _time.GetUtcNow().ToUnixTimeSeconds() ? owner : null;
    }

    private string Sign(string owner, string until) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"session\n{owner}\n{until}\n{_hashes[owner]}")));
}
