namespace AksInsights.Core.Findings;

/// <summary>A number a finding carries.</summary>
/// <param name="Name">The result column.</param>
/// <param name="Value">The number; null when the row had none. A time is seconds since 1970 UTC, a length of time is seconds.</param>
/// <param name="Unit">Its unit as the query declares it: <c>count</c>, <c>cores</c>, <c>bytes</c>, <c>seconds</c>...</param>
public sealed record Measure(string Name, double? Value, string Unit);

/// <summary>A value that helps to understand a finding.</summary>
/// <param name="Name">The result column.</param>
/// <param name="Json">The value as compact JSON.</param>
public sealed record EvidenceItem(string Name, string Json);

/// <summary>What a finding says: refreshed by every evaluation that sees it, and no part of its identity.</summary>
/// <param name="Title">One line.</param>
/// <param name="Message">More about it; null when the query has none.</param>
/// <param name="Measures">Its numbers, in the order the query declares them.</param>
/// <param name="Evidence">What else is known, in the order the query declares it; at most 20 items and 4 KiB of JSON.</param>
public sealed record FindingContent(string Title, string? Message, IReadOnlyList<Measure> Measures, IReadOnlyList<EvidenceItem> Evidence);

/// <summary>A problem as one evaluation saw it.</summary>
/// <param name="Fingerprint">The identity of the subject under the query.</param>
/// <param name="Key">The subject.</param>
/// <param name="Severity">How bad it is now.</param>
/// <param name="Content">What is to say.</param>
public sealed record Observation(Fingerprint Fingerprint, FindingKey Key, Severity Severity, FindingContent Content);
