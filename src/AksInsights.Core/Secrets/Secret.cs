using System.Text;

namespace AksInsights.Core.Secrets;

/// <summary>A text that proves who we are. It shows itself as <c>***</c> wherever it is written, and can be taken out of what others say of it. Immutable.</summary>
/// <remarks>
/// Every secret of a configuration is held as one; tests hold the list of the members of this type, and plant each in the service. The other side of a connection may repeat what
/// it was sent, as web servers do that answer "Cannot POST" and the path, so what it says goes through <see cref="HideIn"/> before anybody sees it.
/// </remarks>
public sealed class Secret
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "***";

    // A shorter text is in half of all sentences, and does not keep anything secret.
    private const int Shortest = 4;
    private const int ShortestPart = 8;

    private readonly string _text;
    private readonly IReadOnlyList<string> _forms;

    /// <summary>Takes a text.</summary>
    /// <param name="text">The secret.</param>
    public Secret(string text)
        : this(text, [text])
    {
    }

    private Secret(string text, IEnumerable<string> parts)
    {
        _text = text;
        // The longest first, so that no piece of one is left by another.
        _forms = [.. parts.Where(part => part.Length >= Shortest).SelectMany(Forms).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];
    }

    /// <summary>A secret that is an address: the name and password in it, its path and query, and each long part of those, but not the host.</summary>
    public static Secret OfAddress(Uri address)
    {
        var query = address.Query.TrimStart('?').Split('&').Select(pair => pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        var parts = address.AbsolutePath.Split('/').Concat(query).Where(part => part.Length >= ShortestPart);
        var credentials = address.UserInfo.Length == 0 ? [] : new[] { address.UserInfo, address.UserInfo[(address.UserInfo.IndexOf(':', StringComparison.Ordinal) + 1)..] };
        var whole = address.PathAndQuery.Length > ShortestPart ? new[] { address.PathAndQuery } : [];
        return new Secret(address.AbsoluteUri, [.. whole, .. parts, .. credentials, .. parts.Concat(credentials).Select(Uri.UnescapeDataString)]);
    }

    /// <summary>The text itself, for whom it is meant.</summary>
    public string Reveal() => _text;

    /// <summary>A text with <see cref="Mask"/> wherever the secret stands in it: as it is, as in an address, in JSON or HTML, or in base64, also as a part of something longer.</summary>
    public string HideIn(string said)
    {
        foreach (var form in _forms) said = said.Replace(form, Mask, StringComparison.OrdinalIgnoreCase);
        return said;
    }

    /// <summary>Never the secret.</summary>
    public override string ToString() => Mask;

    private static IEnumerable<string> Forms(string text)
    {
        yield return text;
        yield return Uri.EscapeDataString(text);
        yield return System.Net.WebUtility.HtmlEncode(text);
        yield return System.Text.Json.JsonEncodedText.Encode(text).ToString();
        var bytes = Encoding.UTF8.GetBytes(text);
        // In base64 the same bytes look three ways, by how many stand before them; what they share with their neighbours is left out.
        for (var before = 0; before < 3; before++)
        {
            var written = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var first = ((before * 8) + 5) / 6;
            var whole = written[first..(((before + bytes.Length) * 8) / 6)];
            if (whole.Length < ShortestPart) continue;
            // Where nothing follows, its end is its own too.
            yield return written[first..];
            yield return whole;
            yield return whole.Replace('+', '-').Replace('/', '_');
        }
    }
}
