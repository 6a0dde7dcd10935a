using AksInsights.Kql.Functions.Patterns;
using AksInsights.Kql.Syntax;

namespace AksInsights.Kql.Functions.Operators;

/// <summary>The predicates on two texts: has, contains, startswith, endswith, =~, matches regex and their negations.</summary>
internal static class TextOperators
{
    /// <summary>The operator as it is written.</summary>
    public static string Symbol(BinaryOperator symbol) => symbol switch
    {
        BinaryOperator.EqualIgnoreCase => "=~",
        BinaryOperator.NotEqualIgnoreCase => "!~",
        BinaryOperator.MatchesRegex => "matches regex",
        _ => Written(symbol.ToString()),
    };

    /// <summary>The kernel of two texts.</summary>
    public static ScalarKernel Kernel(BinaryOperator symbol)
    {
        var name = symbol.ToString();
        var negated = name.StartsWith("Not", StringComparison.Ordinal);
        var ignoreCase = !name.EndsWith("Cs", StringComparison.Ordinal);
        var positive = negated ? name[3..] : name;
        var test = Test(ignoreCase ? positive : positive[..^2]);
        return Map.Of<string, string, bool>((text, needle) => test(text, needle, ignoreCase) != negated);
    }

    private delegate bool TextTest(string text, string needle, bool ignoreCase);

    private static TextTest Test(string name) => name switch
    {
        "Has" => (text, needle, ignoreCase) => StringPredicates.Has(text, needle, ignoreCase),
        "HasPrefix" => (text, needle, ignoreCase) => StringPredicates.HasPrefix(text, needle, ignoreCase),
        "HasSuffix" => (text, needle, ignoreCase) => StringPredicates.HasSuffix(text, needle, ignoreCase),
        "Contains" => (text, needle, ignoreCase) => StringPredicates.Contains(text, needle, ignoreCase),
        "StartsWith" => (text, needle, ignoreCase) => StringPredicates.StartsWith(text, needle, ignoreCase),
        "EndsWith" => (text, needle, ignoreCase) => StringPredicates.EndsWith(text, needle, ignoreCase),
        "EqualIgnoreCase" => (text, needle, _) => string.Equals(text, needle, StringComparison.OrdinalIgnoreCase),
        "MatchesRegex" => (text, pattern, _) => RegexTranslation.Get(pattern).IsMatch(text),
        _ => throw new InvalidOperationException($"{name} is not a text predicate."),
    };

    private static string Written(string name)
    {
        var negated = name.StartsWith("Not", StringComparison.Ordinal);
        var positive = (negated ? name[3..] : name).ToLowerInvariant();
        if (positive.EndsWith("cs", StringComparison.Ordinal)) positive = positive[..^2] + "_cs";
        return negated ? "!" + positive : positive;
    }
}
