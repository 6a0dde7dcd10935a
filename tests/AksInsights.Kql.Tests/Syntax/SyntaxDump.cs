using System.Collections;
using System.Globalization;
using System.Reflection;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Syntax;

/// <summary>A tree as one line of nested parentheses without spans, for comparing trees and for expectations one can read.</summary>
/// <remarks>
/// Names stand for themselves, literals are <c>type:value</c>, other nodes <c>(Kind part part)</c>; a missing part is <c>_</c>, a list is
/// in brackets, a flag that is set is <c>+Flag</c>, one that is explicitly off <c>-Flag</c>.
/// </remarks>
internal static class SyntaxDump
{
    public static string Of(SyntaxNode node) => node switch
    {
        NameSyntax name => name.Text,
        NameExpression name => name.Name.Text,
        LiteralSyntax literal => $"{literal.Type.Name()}:{Value(literal.Value)}",
        _ => $"({string.Join(' ', Parts(node).Prepend(Kind(node)))})",
    };

    private static string Kind(SyntaxNode node)
    {
        var name = node.GetType().Name;
        foreach (var ending in (string[])["Syntax", "Operator"])
            name = name.EndsWith(ending, StringComparison.Ordinal) ? name[..^ending.Length] : name;
        return name;
    }

    private static IEnumerable<string> Parts(SyntaxNode node)
    {
        foreach (var property in node.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            if (property.Name is "HasWildcard" or "OperatorSpan" or "Span")
                continue;
            var value = property.GetValue(node);
            if (property.PropertyType == typeof(bool) && value is false)
                continue;
            if (value is null && (property.PropertyType == typeof(bool?) || property.Name == "Target"))
                continue;
            yield return value switch
            {
                null => "_",
                bool flag => (flag ? "+" : "-") + property.Name,
                SyntaxNode child => Of(child),
                string text => text,
                IEnumerable list => $"[{string.Join(' ', list.Cast<object>().Select(item => item is SyntaxNode child ? Of(child) : item.ToString()))}]",
                _ => value.ToString()!,
            };
        }
    }

    private static string Value(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        double real => NumberText.FormatReal(real),
        long or decimal => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        string text => StringText.Quote(text),
        Guid id => id.ToString(),
        _ => DynamicText.Format(value),
    };
}
