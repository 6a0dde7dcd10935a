using System.Globalization;
using System.Net;
using System.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>URLs: their parts, and the characters they may not hold.</summary>
internal static class Urls
{
    // What stands for itself beside letters and digits.
    private const string Unreserved = "-_.!*()";

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Text("url_encode", "A text with the characters that a URL may not hold written as `%xx`, and spaces as `+`.",
            "url_encode('https://www.bing.com/hello world')", text => Encode(text, "+")),
        Text("url_encode_component", "A text with the characters that a URL may not hold, spaces among them, written as `%xx`.",
            "url_encode_component('hello world/')", text => Encode(text, "%20")),
        Text("url_decode", "A text with `%xx` and `+` read back.", "url_decode('https%3a%2f%2fwww.bing.com%2f')",
            text => WebUtility.UrlDecode(text)),
        Parts("parse_url", "parse-url-function",
            "A bag of the parts of an absolute URL: Scheme, Host, Port, Path, Username, Password, Query Parameters, Fragment.",
            "parse_url('https://host:1234/path?k1=v1#fragment')", Parse),
        Parts("parse_urlquery", "parse-url-query-function",
            "A bag of the parameters of a URL's query, under the name Query Parameters.", "parse_urlquery('k1=v1&k2=v2')",
            query =>
            new DynamicBag { ["Query Parameters"] = ParseQuery(query.TrimStart('?')) }),
    ];

    private static FunctionEntry Text(string name, string description, string example, Func<string, string> function) =>
        new(name, FunctionKind.Scalar, description, example, $"{name.Replace('_', '-')}-function")
        {
            Signatures = [new([Parameter.Text("url")], KqlType.String) { Kernel = _ => Map.Of(function) }],
        };

    private static FunctionEntry Parts(string name, string page, string description, string example, Func<string, object> function) =>
        new(name, FunctionKind.Scalar, description, example, page)
        {
            Aliases = [name.Replace("_", "", StringComparison.Ordinal)],
            Signatures = [new([Parameter.Text("url")], KqlType.Dynamic) { Kernel = _ => Map.Of(function) }],
        };

    private static string Encode(string text, string space)
    {
        var result = new StringBuilder(text.Length);
        foreach (var part in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)part;
            if (char.IsAsciiLetterOrDigit(c) || Unreserved.Contains(c, StringComparison.Ordinal)) result.Append(c);
            else if (c == ' ') result.Append(space);
            else result.Append('%').Append(part.ToString("x2", CultureInfo.InvariantCulture));
        }

        return result.ToString();
    }

    private static DynamicBag Parse(string url)
    {
        var rest = url;
        var fragment = CutBehind(ref rest, '#');
        var query = CutBehind(ref rest, '?');
        var scheme = "";
        var authority = "";
        var mark = rest.IndexOf("://", StringComparison.Ordinal);
        if (mark >= 0)
        {
            scheme = rest[..mark];
            authority = rest[(mark + 3)..];
            rest = CutBehind(ref authority, '/');
        }

        var at = authority.LastIndexOf('@');
        var user = at < 0 ? "" : authority[..at];
        var host = authority[(at + 1)..];
        var password = CutBehind(ref user, ':');
        // The colons inside the brackets of an IPv6 address are no port's.
        var port = host.LastIndexOf(':') > host.LastIndexOf(']') ? host[(host.LastIndexOf(':') + 1)..] : "";
        if (port.Length > 0) host = host[..^(port.Length + 1)];
        return new DynamicBag
        {
            ["Scheme"] = scheme,
            ["Host"] = host,
            ["Port"] = port,
            ["Path"] = rest,
            ["Username"] = user,
            ["Password"] = password,
            ["Query Parameters"] = ParseQuery(query),
            ["Fragment"] = fragment,
        };
    }

    private static DynamicBag ParseQuery(string query)
    {
        var parameters = new DynamicBag();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = pair;
            var value = CutBehind(ref name, '=');
            parameters[name] = value;
        }

        return parameters;
    }

    /// <summary>Cuts a text at the first separator: what stood behind it, or nothing.</summary>
    private static string CutBehind(ref string text, char separator)
    {
        var at = text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0) return "";
        var behind = text[(at + 1)..];
        text = text[..at];
        return behind;
    }
}
