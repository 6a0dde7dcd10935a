using AksInsights.Core.Findings;

namespace AksInsights.Service.Api.Answers;

/// <summary>How many findings match, by severity.</summary>
internal sealed class SummaryAnswer
{
    private readonly IReadOnlyDictionary<Severity, long> _counts;

    /// <summary>The answer about some counts.</summary>
    public SummaryAnswer(IReadOnlyDictionary<Severity, long> counts) => _counts = counts;

    /// <summary>All of them.</summary>
    public long Total => _counts.Values.Sum();

    /// <summary>Of severity info.</summary>
    public long Info => _counts.GetValueOrDefault(Severity.Info);

    /// <summary>Of severity warning.</summary>
    public long Warning => _counts.GetValueOrDefault(Severity.Warning);

    /// <summary>Of severity error.</summary>
    public long Error => _counts.GetValueOrDefault(Severity.Error);

    /// <summary>Of severity critical.</summary>
    public long Critical => _counts.GetValueOrDefault(Severity.Critical);
}
