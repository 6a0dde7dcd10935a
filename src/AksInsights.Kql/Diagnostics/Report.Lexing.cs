using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Diagnostics;

/// <summary>One method per code: what the mistake is called and where it is shown. This part: reading tokens, KQL1xxx.</summary>
internal static partial class Report
{
    /// <summary>A character, or an operator of no language, that no token starts with.</summary>
    public static void UnexpectedCharacter(this DiagnosticBag bag, TextSpan span, char found)
    {
        var shown = char.IsControl(found) || char.IsSurrogate(found) ? $"U+{(int)found:X4}" : $"`{found}`";
        var help = found switch
        {
            '“' or '”' or '‘' or '’' => "Strings stand in straight quotes: \" or '.",
            '$' => "Only `$left` and `$right`, in the conditions of a join, start with `$`; macros of other tools must be replaced first.",
            '\u00a0' or '\u200b' => "This is an invisible space, often copied from a web page; replace it by a plain one.",
            '&' => "Write `and`.",
            '`' => "A multi-line string stands between three of them.",
            _ => null,
        };
        bag.AddError(DiagnosticCodes.UnexpectedCharacter, span, $"The character {shown} means nothing here.", help);
    }

    /// <summary>A string that is not closed on its line, or a multi-line string that is not closed at all.</summary>
    public static void UnterminatedString(this DiagnosticBag bag, TextSpan span, string closing) => bag.AddError(
        DiagnosticCodes.UnterminatedString, span, $"The string is not closed; {closing} was expected {Until(closing)}.",
        closing.Length == 1 ? "A string of several lines stands between ``` and ```." : null);

    /// <summary>A backslash and what follows it, in a string with escapes.</summary>
    public static void UnknownEscape(this DiagnosticBag bag, TextSpan span, string escape) => bag.AddError(
        DiagnosticCodes.UnknownEscape, span, $"`{escape}` is not an escape.",
        $"Double the backslash (`\\{escape}`), or write a verbatim string: `@\"...\"`.");

    /// <summary>A number with a meaningless ending.</summary>
    public static void UnreadableNumber(this DiagnosticBag bag, TextSpan span, string found) => bag.AddError(
        DiagnosticCodes.UnreadableNumber, span, $"`{found}` is neither a number nor a length of time.",
        "Units of time are d, h, m, s, ms, microsecond and tick.");

    /// <summary>A whole number that does not fit 64 bits.</summary>
    public static void NumberTooLarge(this DiagnosticBag bag, TextSpan span, string found) => bag.AddError(
        DiagnosticCodes.UnreadableNumber, span, $"`{found}` is beyond what a long holds (64 bits, at most {long.MaxValue}).",
        "Write it as a real (with `.0`) or as `decimal(...)`.");

    /// <summary>The inside of a typed literal that is not of its form.</summary>
    public static void UnreadableLiteral(this DiagnosticBag bag, TextSpan span, string keyword, string inside, KqlType type)
    {
        var name = type.Name();
        var form = type switch
        {
            KqlType.Bool => "true, false or null",
            KqlType.DateTime => "a date such as 2024-05-01 or 2024-05-01T10:20:30Z, now or null",
            KqlType.TimeSpan => "a length such as 1.02:03:04, 90m, 15 seconds or null",
            KqlType.Guid => "32 hexadecimal digits in five groups, or null",
            KqlType.Dynamic => "JSON, or null",
            KqlType.Int => $"a whole number from {int.MinValue} to {int.MaxValue}, or null",
            KqlType.Long => "a whole number of 64 bits, or null",
            _ => "a number or null",
        };
        var help = $"`{keyword}(...)` takes a constant as it stands; a computed value is converted by `to{name}(...)`.";
        bag.AddError(
            DiagnosticCodes.UnreadableLiteral, span, $"`{inside}` is not a {name}; expected {form}.",
            type == KqlType.Dynamic ? null : help);
    }

    /// <summary>A line that starts with <c>#</c>.</summary>
    public static void HashComment(this DiagnosticBag bag, TextSpan span) => bag.AddError(
        DiagnosticCodes.HashComment, span, "`#` does not start a comment.", "Comments start with `//`.");

    private static string Until(string closing) => closing.Length == 1 ? "before the end of the line" : "before the end of the query";
}
