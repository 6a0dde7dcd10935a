using System.Buffers.Text;
using System.Text.Json;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>Whom a token of Entra ID stands for, so that a message can say whom to grant what. Not a check of the token.</summary>
internal static class TokenIdentity
{
    /// <summary>The identity, such as <c>the application 1b4e... (object 9c2d...)</c>; null when the token does not say.</summary>
    public static string? Of(string token)
    {
        if (token.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload)) return null;
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            if (claims.RootElement.ValueKind != JsonValueKind.Object) return null;
            string? Claim(string name) => claims.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            var name = Claim("upn") ?? Claim("unique_name") ?? (Claim("appid") is { } application ? $"the application {application}" : null);
            return (name, Claim("oid")) switch
            {
                (null, null) => null,
                (null, var id) => $"the object {id}",
                (_, null) => name,
                (_, var id) => $"{name} (object {id})",
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
