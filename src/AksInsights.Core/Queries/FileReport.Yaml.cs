using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries;

/// <content>Mistakes in the form of a YAML file, whatever it is about.</content>
internal sealed partial class FileReport
{
    /// <summary>AKI1001.</summary>
    public void UnreadableYaml(TextSpan span, string reason) =>
        Error("AKI1001", span, $"The YAML cannot be read: {reason}", "Compare the indentation and the quotes with a neighbouring line.");

    /// <summary>AKI1002.</summary>
    public void UnknownKey(TextSpan span, string key, string owner, IReadOnlyCollection<string> known) =>
        Error("AKI1002", span, $"{owner} has no key `{key}`.", NearestNames.Sentence(key, known) ?? $"Known keys: {Join(known)}.");

    /// <summary>AKI1003.</summary>
    public void MissingKey(TextSpan span, string key, string owner) =>
        Error("AKI1003", span, $"{owner} needs the key `{key}`, and it is not there or empty.");

    /// <summary>AKI1004.</summary>
    public void DuplicateKey(TextSpan span, string key) =>
        Error("AKI1004", span, $"The key `{key}` stands twice in one mapping; only one value can count.", "Remove one of the two.");

    /// <summary>AKI1005.</summary>
    public void WrongKind(TextSpan span, string what, string expected, string got) =>
        Error("AKI1005", span, $"{what} is {got}, where {expected} was expected.");

    /// <summary>AKI1006.</summary>
    public void NotAChoice(TextSpan span, string value, string key, IReadOnlyCollection<string> choices) =>
        Error("AKI1006", span, $"`{value}` is no value of `{key}`; the values are {Join(choices)}.", NearestNames.Sentence(value, choices));

    /// <summary>AKI1007.</summary>
    public void BadDuration(TextSpan span, string value, string key) =>
        Error("AKI1007", span, $"`{value}` is no duration for `{key}`.", "Write days, hours, minutes and seconds, as in `15m`, `1h30m` or `7d`.");

    /// <summary>AKI1008.</summary>
    public void OutOfRange(TextSpan span, string value, string key, string allowed) =>
        Error("AKI1008", span, $"`{key}` is `{value}`; {allowed}.");
}
