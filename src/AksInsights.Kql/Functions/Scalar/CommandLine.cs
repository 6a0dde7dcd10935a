using System.Text;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Splits a command line as Windows does. Source: learn.microsoft.com, «CommandLineToArgvW function», Remarks.</summary>
internal static class CommandLine
{
    /// <summary>The arguments, the program first.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var arguments = new List<string>();
        var position = 0;
        SkipSpaces(text, ref position);
        while (position < text.Length)
        {
            arguments.Add(arguments.Count == 0 ? ReadProgram(text, ref position) : ReadArgument(text, ref position));
            SkipSpaces(text, ref position);
        }

        return arguments;
    }

    private static void SkipSpaces(string text, ref int position)
    {
        while (position < text.Length && IsSpace(text[position])) position++;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t';

    // A path may hold backslashes before a quote, so the program's name knows no escapes.
    private static string ReadProgram(string text, ref int position)
    {
        var isQuoted = text[position] == '"';
        var start = isQuoted ? position + 1 : position;
        var end = isQuoted ? text.IndexOf('"', start) : text.AsSpan(start).IndexOfAny(' ', '\t') is >= 0 and var length ? start + length : -1;
        if (end < 0) end = text.Length;
        position = isQuoted ? Math.Min(text.Length, end + 1) : end;
        return text[start..end];
    }

    private static string ReadArgument(string text, ref int position)
    {
        var argument = new StringBuilder();
        var isQuoted = false;
        while (position < text.Length && (isQuoted || !IsSpace(text[position])))
        {
            var backslashes = 0;
            for (; position < text.Length && text[position] == '\\'; position++) backslashes++;
            if (position >= text.Length || text[position] != '"')
            {
                argument.Append('\\', backslashes);
                if (backslashes == 0) argument.Append(text[position++]);
                continue;
            }

            argument.Append('\\', backslashes / 2);
            position++;
            if (backslashes % 2 == 1) argument.Append('"');
            else if (isQuoted && position < text.Length && text[position] == '"') argument.Append(text[position++]);
            else isQuoted = !isQuoted;
        }

        return argument.ToString();
    }
}
