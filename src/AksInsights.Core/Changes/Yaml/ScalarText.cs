using System.Globalization;

namespace AksInsights.Core.Changes.Yaml;

/// <summary>Single values as YAML text.</summary>
internal static class ScalarText
{
    /// <summary>Whether a text without quotes is read as a number, a truth value or nothing.</summary>
    public static bool IsRead(string text) =>
        text.Length == 0
        || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        || text.ToLowerInvariant() is "~" or "null" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n";

    /// <summary>Whether a text may stand without quotes and is then read as this text.</summary>
    public static bool IsPlain(string text) =>
        !IsRead(text) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/') && text[0] is not '-' && !IsNumberLike(text);

    /// <summary>The value in quotes.</summary>
    public static string Quote(string value, ScalarForm form) => form == ScalarForm.SingleQuoted
        ? $"'{value.Replace("'", "''", StringComparison.Ordinal)}'"
        : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>The value in place of another, in that one's form.</summary>
    /// <param name="old">What stands there.</param>
    /// <param name="wanted">What is to stand there.</param>
    /// <param name="isJson">Whether only JSON may stand there.</param>
    public static string Replacing(SourceScalar old, WantedText wanted, bool isJson)
    {
        if (old.Form is ScalarForm.SingleQuoted or ScalarForm.DoubleQuoted) return Quote(wanted.Value, old.Form);
        var wasNumber = IsRead(old.Value) && !old.IsNull;
        // A number stays one; a text that now looks like a number is quoted, so that its type does not change.
        if (IsRead(wanted.Value)) return wasNumber && !wanted.MustBeText ? wanted.Value : Quote(wanted.Value, ScalarForm.DoubleQuoted);
        return isJson || !IsPlain(wanted.Value) ? Quote(wanted.Value, ScalarForm.DoubleQuoted) : wanted.Value;
    }

    /// <summary>The value where there was none, in the form its neighbours have.</summary>
    public static string New(string value, ScalarForm neighbours) =>
        neighbours is ScalarForm.SingleQuoted or ScalarForm.DoubleQuoted ? Quote(value, neighbours)
        : IsPlain(value) ? value : Quote(value, ScalarForm.DoubleQuoted);

    // Older parsers read 0x10, 0o10, 1_000 and 12:30 as numbers too.
    private static bool IsNumberLike(string text) => char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiHexDigit(c) || c is '_' or 'x' or 'o' or '.');
}
