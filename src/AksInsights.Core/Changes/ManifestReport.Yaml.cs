using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes;

/// <content>What is the matter with the form of a file.</content>
internal sealed partial class ManifestReport
{
    /// <summary>AKI4001.</summary>
    public void NotText(string reason) => Error("AKI4001", new TextSpan(0, 0), $"The file is not edited: {reason}.");

    /// <summary>AKI4002.</summary>
    public void Unreadable(TextSpan span, string reason) =>
        Error("AKI4002", span, $"The YAML cannot be read: {reason}", "Compare the indentation and the quotes with a neighbouring line.");

    /// <summary>AKI4003.</summary>
    public void Template(TextSpan span) =>
        Error("AKI4003", span, "The file is a template: what it says is only known once it is filled in.", "Name the file that holds the values in `.aksinsights.yaml`.");

    /// <summary>AKI4004.</summary>
    public void Encrypted(TextSpan span, string by) => Error("AKI4004", span, $"The file is encrypted ({by}); a change would break its signature.", "Change it with the tool that encrypted it.");

    /// <summary>AKI4005.</summary>
    public void Generated(TextSpan span, string line) =>
        Error("AKI4005", span, $"The file is generated: `{line}`. The next generation would undo a change.", "Change what it is generated from, or name that file in `.aksinsights.yaml`.");

    /// <summary>AKI4006.</summary>
    public void DuplicateKey(TextSpan span, string key) =>
        Error("AKI4006", span, $"The key `{key}` stands twice in one mapping; parsers differ in which one counts.", "Remove one of the two.");

    /// <summary>AKI4007.</summary>
    public void Shared(TextSpan span, string anchor) =>
        Error("AKI4007", span, $"What stands here is shared by way of the anchor `{anchor}`; a change would change other places too.", "Write the value out where it is used, then run again.");

    /// <summary>AKI4008.</summary>
    public void Merged(TextSpan span, string key) =>
        Error("AKI4008", span, $"The mapping takes over entries of another (`<<`), and `{key}` may be one of them.", $"Write `{key}` out here, then run again.");

    /// <summary>AKI4009.</summary>
    public void OtherForm(TextSpan span, string what) =>
        Error("AKI4009", span, $"The form of {(what.Contains(' ', StringComparison.Ordinal) ? what : $"`{what}`")} is one that is not edited.", "Write it as a plain mapping with an entry on each line, then run again.");

    /// <summary>AKI4010.</summary>
    public void NotVerified(TextSpan span, string reason) =>
        Error("AKI4010", span, $"The change was worked out but not made: read again, the file would say more than was planned ({reason}).", "Make this change by hand, and report the file if you can.");
}
