using System.Globalization;
using System.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Points and lengths of time as text in a given pattern.</summary>
/// <remarks>
/// A pattern is made of runs of the documented letters; <c>T</c>, <c>Z</c> and what is no letter stand for themselves; any other letter is refused.
/// Source: format-datetime-function, format-timespan-function.
/// </remarks>
internal static class TimeFormats
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("format_datetime", FunctionKind.Scalar, "A point in time in a pattern of y, M, d, H, h, m, s, f, F and tt.",
            "format_datetime(datetime(2017-01-29 09:00:05), 'yy-MM-dd [HH:mm:ss]')", "format-datetime-function")
        {
            KeepsName = true,
            Signatures = [Form(Parameter.DateTime("date"), IsDateTimeElement, AppendDateTime, "y yy yyyy M MM d dd H HH h hh m mm s ss tt")],
        },
        new("format_timespan", FunctionKind.Scalar, "A timespan in a pattern of d, H, h, m, s, f and F; a negative one is led by a minus sign.",
            "format_timespan(time(29.09:00:05.12345), 'dd.hh:mm:ss:FF')", "format-timespan-function")
        {
            KeepsName = true,
            Signatures = [Form(Parameter.TimeSpan("timespan"), IsTimeSpanElement, AppendTimeSpan, "d to dddddddd, H HH h hh m mm s ss")],
        },
    ];

    private static Signature Form(Parameter value, Func<char, int, bool> isElement, Action<StringBuilder, long, char, int> append, string elements) =>
        new([value, Parameter.Text("format").Constant()], call => FindUnknown(Pattern(call), isElement) is null ? KqlType.String : KqlType.Error)
        {
            Kernel = _ => Map.Of<long, string, string>((ticks, pattern) => Format(ticks, pattern, append)),
            Complaint = call => new($"The format element `{FindUnknown(Pattern(call), isElement)}`", $"Elements: {elements}, f to fffffff, F to FFFFFFF."),
        };

    private static string Pattern(CallShape call) => call.Constants[1] as string ?? "";

    // The first run of a letter that is no element; an empty text for an empty pattern, which has none at all.
    private static string? FindUnknown(string pattern, Func<char, int, bool> isElement)
    {
        for (var i = 0; i < pattern.Length; i += Run(pattern, i))
        {
            if (char.IsLetter(pattern[i]) && pattern[i] is not ('T' or 'Z') && !isElement(pattern[i], Run(pattern, i))) return pattern.Substring(i, Run(pattern, i));
        }

        return pattern.Length == 0 ? "" : null;
    }

    private static int Run(string pattern, int start)
    {
        var end = start + 1;
        while (end < pattern.Length && pattern[end] == pattern[start]) end++;
        return end - start;
    }

    private static string Format(long ticks, string pattern, Action<StringBuilder, long, char, int> append)
    {
        var text = new StringBuilder();
        if (ticks < 0) text.Append('-');
        for (var i = 0; i < pattern.Length; i += Run(pattern, i))
        {
            var run = Run(pattern, i);
            if (char.IsLetter(pattern[i]) && pattern[i] is not ('T' or 'Z')) append(text, ticks, pattern[i], run);
            else text.Append(pattern, i, run);
        }

        return text.ToString();
    }

    private static bool IsDateTimeElement(char letter, int run) => letter switch
    {
        'y' => run is 1 or 2 or 4,
        't' => run == 2,
        'M' or 'd' or 'H' or 'h' or 'm' or 's' => run <= 2,
        'f' or 'F' => run <= 7,
        _ => false,
    };

    private static bool IsTimeSpanElement(char letter, int run) => letter switch
    {
        'd' => run <= 8,
        'H' or 'h' or 'm' or 's' => run <= 2,
        'f' or 'F' => run <= 7,
        _ => false,
    };

    private static void AppendDateTime(StringBuilder text, long ticks, char letter, int run)
    {
        var date = Calendar.At(ticks);
        switch (letter)
        {
            case 'y': AppendNumber(text, run == 4 ? date.Year : date.Year % 100, run); break;
            case 'M': AppendNumber(text, date.Month, run); break;
            case 'd': AppendNumber(text, date.Day, run); break;
            case 'h': AppendNumber(text, ((date.Hour + 11) % 12) + 1, run); break;
            case 't': text.Append(date.Hour < 12 ? "AM" : "PM"); break;
            default: AppendTimeSpan(text, ticks, letter, run); break;
        }
    }

    private static void AppendTimeSpan(StringBuilder text, long ticks, char letter, int run)
    {
        var time = new TimeSpan(ticks);
        switch (letter)
        {
            case 'd': AppendNumber(text, Math.Abs(time.Days), run); break;
            case 'H' or 'h': AppendNumber(text, Math.Abs(time.Hours), run); break;
            case 'm': AppendNumber(text, Math.Abs(time.Minutes), run); break;
            case 's': AppendNumber(text, Math.Abs(time.Seconds), run); break;
            default: AppendFraction(text, Math.Abs(ticks % TimeSpan.TicksPerSecond), letter == 'F', run); break;
        }
    }

    private static void AppendNumber(StringBuilder text, int number, int digits) =>
        text.Append(number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0'));

    private static void AppendFraction(StringBuilder text, long ticks, bool trimmed, int digits)
    {
        var shown = ticks.ToString("D7", CultureInfo.InvariantCulture).AsSpan(0, digits);
        text.Append(trimmed ? shown.TrimEnd('0') : shown);
    }
}
