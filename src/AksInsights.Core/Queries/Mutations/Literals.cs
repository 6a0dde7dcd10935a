using System.Globalization;
using System.Text.RegularExpressions;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Queries.Mutations;

/// <summary>The values next to a literal's.</summary>
internal static partial class Literals
{
    /// <summary>The same literal with another value: one more and one less, another text, a list without its first item.</summary>
    /// <param name="literal">The literal.</param>
    /// <param name="written">Its text.</param>
    public static IEnumerable<Mutation> Neighbours(LiteralSyntax literal, string written) => literal.Value switch
    {
        bool flag => [new Mutation(MutationKind.ChangeText, literal.Span, flag ? "false" : "true")],
        string text => [new Mutation(MutationKind.ChangeText, literal.Span, SyntaxPrinter.Print(literal with { Value = text + "x" }))],
        DynamicArray { Count: > 1 } list => [new Mutation(MutationKind.ChangeText, literal.Span, SyntaxPrinter.Print(literal with { Value = new DynamicArray([.. list.Skip(1)]) }))],
        _ => Steps(written).Select(step => new Mutation(MutationKind.ChangeThreshold, literal.Span, step)),
    };

    // 15m gives 16m and 14m, 0.95 gives 0.96 and 0.94, 80.0 gives 81.0 and 79.0.
    private static IEnumerable<string> Steps(string written)
    {
        if (Number().Match(written) is not { Success: true } match) yield break;
        var digits = match.Groups[1].Value;
        var tail = match.Groups[2].Value;
        var value = decimal.Parse(digits, CultureInfo.InvariantCulture);
        var places = digits.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot && !digits.EndsWith(".0", StringComparison.Ordinal) ? digits.Length - dot - 1 : 0;
        var step = 1m;
        for (var i = 0; i < places; i++) step /= 10;
        foreach (var changed in (decimal[])[value + step, value - step])
        {
            // A literal has no sign, and nothing less than nothing is meant by 0.
            if (changed < 0) continue;
            var text = changed.ToString(CultureInfo.InvariantCulture);
            yield return (digits.Contains('.', StringComparison.Ordinal) && !text.Contains('.', StringComparison.Ordinal) ? text + ".0" : text) + tail;
        }
    }

    [GeneratedRegex("^([0-9]+(?:[.][0-9]+)?)([a-z]*|e[0-9]+)$")]
    private static partial Regex Number();
}
