using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AksInsights.Core.Findings;

/// <summary>The identity of what a finding is about: 32 hexadecimal digits that follow from query and key alone.</summary>
/// <remarks>
/// The first 16 bytes of SHA-256 over UTF-8: <c>v{keyVersion}\n{queryId}\n</c> and <c>{column}={value}\n</c> for each declared key column
/// in order, absent values empty. A backslash or line feed inside a value is written <c>\\</c> or <c>\n</c>, so no two keys share a text.
/// Values are taken as the workspace writes them, without Unicode normalisation: names in Kubernetes are ASCII, and the program runs without the tables for it.
/// Severity, measures, pod names, hashes and times take no part: a finding outlives them all.
/// </remarks>
public readonly record struct Fingerprint
{
    /// <summary>The characters of ids and fingerprints.</summary>
    internal static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Wraps a stored fingerprint.</summary>
    /// <exception cref="ArgumentException">The text is not 32 lower-case hexadecimal digits.</exception>
    public Fingerprint(string value)
    {
        if (value.Length != 32 || value.AsSpan().ContainsAnyExcept(HexDigits))
            throw new ArgumentException($"`{value}` is not a fingerprint of 32 lower-case hexadecimal digits.", nameof(value));
        Value = value;
    }

    /// <summary>The digits.</summary>
    public string Value { get; }

    /// <summary>The fingerprint of a key under a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="keyVersion">Raised by the query's author when the meaning of the key changes.</param>
    /// <param name="key">The key.</param>
    public static Fingerprint Of(QueryId query, int keyVersion, FindingKey key)
    {
        var text = new StringBuilder(160).Append('v').Append(keyVersion.ToString(CultureInfo.InvariantCulture)).Append('\n').Append(query.Value).Append('\n');
        foreach (var part in key) text.Append(part.Column).Append('=').Append(Escape(part.Value)).Append('\n');
        return new Fingerprint(Hash(text.ToString()));
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>The first 16 bytes of SHA-256 of a text, as hexadecimal digits.</summary>
    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private static string Escape(string? value) =>
        value is null ? "" : value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
}
