using System.Security.Cryptography;
using System.Text;

namespace AksInsights.Core.Queries;

/// <summary>Short hashes of texts, for telling whether something changed.</summary>
internal static class RevisionHash
{
    /// <summary>16 hexadecimal digits of SHA-256 over the texts, each with its length before it so that no two lists run together.</summary>
    public static string Of(params ReadOnlySpan<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
