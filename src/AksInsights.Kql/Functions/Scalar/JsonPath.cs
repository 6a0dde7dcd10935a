using System.Globalization;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Paths into JSON: <c>$</c>, <c>.name</c>, <c>['name']</c>, <c>[0]</c>. Source: learn.microsoft.com/kusto/query/jsonpath.</summary>
internal static class JsonPath
{
    /// <summary>The steps of a path: names as <c>string</c>, indexes as <c>long</c>.</summary>
    /// <exception cref="CallFailedException">The path has another form.</exception>
    public static IReadOnlyList<object> Parse(string path)
    {
        var steps = new List<object>();
        var position = path.StartsWith('$') ? 1 : 0;
        while (position < path.Length)
        {
            var step = path[position] == '[' ? Bracket(path, ref position) : Name(path, ref position);
            steps.Add(step ?? throw new CallFailedException(
                $"The JSON path `{path}` cannot be read at position {position + 1}: it is made of `$`, `.name`, `['name']` and `[0]`."));
        }

        return steps;
    }

    private static object? Name(string path, ref int position)
    {
        if (path[position] == '.') position++;
        else if (position > 0) return null;
        var end = path.AsSpan(position).IndexOfAny('.', '[');
        var name = end < 0 ? path[position..] : path.Substring(position, end);
        position += name.Length;
        return name.Length == 0 || name == "*" ? null : name;
    }

    private static object? Bracket(string path, ref int position)
    {
        var quote = position + 1 < path.Length ? path[position + 1] : '\0';
        var isName = quote is '\'' or '"';
        var start = position + (isName ? 2 : 1);
        var end = path.IndexOf(isName ? $"{quote}]" : "]", start, StringComparison.Ordinal);
        if (end < 0) return null;
        var inside = path[start..end];
        if (!isName && !long.TryParse(inside, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)) return null;
        position = end + (isName ? 2 : 1);
        return isName ? inside : long.Parse(inside, CultureInfo.InvariantCulture);
    }
}
