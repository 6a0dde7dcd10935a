using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries;

/// <content>Mistakes in a scorecard.</content>
internal sealed partial class FileReport
{
    /// <summary>AKI1080.</summary>
    public void UnknownQuery(TextSpan span, string query, IReadOnlyCollection<string> known) =>
        Error("AKI1080", span, $"The library has no query `{query}`.", NearestNames.Sentence(query, known) ?? "`aksinsights query list` names them all.");

    /// <summary>AKI1081.</summary>
    public void BadFacts(TextSpan span, string reason) => Error("AKI1081", span, $"This query of facts cannot be used: {reason}", "Try it with `aksinsights kql`.");
}
