using System.Security.Cryptography;
using System.Text;

namespace AksInsights.Service.Hosting;

/// <summary>Keys that let programs use the API: 32 random bytes, of which only a hash is kept.</summary>
/// <remarks>A plain hash is enough, as there is nothing to guess in 256 random bits.</remarks>
internal static class ApiKey
{
    private const string HashPrefix = "sha256:";

    /// <summary>A new key, and the hash that stands for it in the configuration.</summary>
    public static (string Key, string Hash) Make()
    {
        var key = "aks_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return (key, HashOf(key));
    }

    /// <summary>The hash of a key.</summary>
    public static string HashOf(string key) => HashPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Whether a text is such a hash.</summary>
    public static bool IsHash(string text) =>
        text.StartsWith(HashPrefix, StringComparison.Ordinal) && text.Length == HashPrefix.Length + 64 && text.Skip(HashPrefix.Length).All(char.IsAsciiHexDigitLower);

    /// <summary>Whose key it is; null when it is nobody's. Takes the same time for every wrong key.</summary>
    public static string? OwnerOf(string key, IReadOnlyDictionary<string, string> hashes)
    {
        var given = Encoding.ASCII.GetBytes(HashOf(key));
        string? owner = null;
        foreach (var (name, hash) in hashes)
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(hash))) owner = name;
        return owner;
    }
}
