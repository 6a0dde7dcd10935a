namespace AksInsights.Core.Findings;

/// <summary>Reasons as events, the store and the API write them.</summary>
public static class ResolveReasonText
{
    private static readonly string[] Names = ["cleared", "subject-gone", "rule-removed", "out-of-scope", "replaced"];

    /// <summary>The written form, such as <c>rule-removed</c>.</summary>
    public static string Format(ResolveReason reason) => Names[(int)reason];

    /// <summary>Reads the written form.</summary>
    /// <exception cref="InvalidOperationException">The text was not written by <see cref="Format"/>.</exception>
    public static ResolveReason Parse(string text)
    {
        var index = Array.IndexOf(Names, text);
        return index < 0 ? throw new InvalidOperationException($"`{text}` is no reason to resolve a finding.") : (ResolveReason)index;
    }
}
