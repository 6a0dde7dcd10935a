namespace AksInsights.Kql.Functions.Scalar;

/// <summary>A key of a property bag as the bag functions take it: a name, or a JSONPath such as <c>$.a.b</c> or <c>$['a']['b']</c> through nested bags.</summary>
/// <remarks>Source: bag-has-key-function and jsonpath: places in arrays are not supported.</remarks>
internal static class BagPath
{
    /// <summary>The names from the outermost bag inwards; null for a path that leads through an array or is not well formed.</summary>
    public static string[]? Parse(string key)
    {
        if (!key.StartsWith("$.", StringComparison.Ordinal) && !key.StartsWith("$[", StringComparison.Ordinal)) return [key];
        var names = new List<string>();
        var rest = key.AsSpan(1);
        while (!rest.IsEmpty)
        {
            if (!TryTakeName(ref rest, out var name)) return null;
            names.Add(name);
        }

        return [.. names];
    }

    private static bool TryTakeName(ref ReadOnlySpan<char> rest, out string name)
    {
        name = "";
        if (rest[0] == '.')
        {
            var end = rest[1..].IndexOfAny('.', '[');
            name = (end < 0 ? rest[1..] : rest.Slice(1, end)).ToString();
            rest = end < 0 ? [] : rest[(end + 1)..];
            return name.Length > 0;
        }

        if (rest.Length < 4 || rest[0] != '[' || rest[1] is not ('\'' or '"')) return false;
        var quote = rest[1];
        var close = rest[2..].IndexOf(quote);
        if (close < 0 || close + 3 >= rest.Length || rest[close + 3] != ']') return false;
        name = rest.Slice(2, close).ToString();
        rest = rest[(close + 4)..];
        return true;
    }
}
