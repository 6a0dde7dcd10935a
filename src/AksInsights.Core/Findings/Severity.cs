namespace AksInsights.Core.Findings;

/// <summary>How much a finding matters, from least to most; the order is used for comparing.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is wrong yet.</summary>
    Info,

    /// <summary>Something will go wrong, or costs more than it should.</summary>
    Warning,

    /// <summary>Something is wrong now and hurts one workload or node.</summary>
    Error,

    /// <summary>Something is wrong now and endangers the cluster or data.</summary>
    Critical,
}
