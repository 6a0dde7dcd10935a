namespace AksInsights.Core.Dashboards.Queries;

/// <summary>What the viewer of a dashboard chose, for a question to the store. Immutable.</summary>
/// <param name="From">The start of the range, in seconds since 1970.</param>
/// <param name="To">The end of the range, in seconds since 1970.</param>
/// <param name="Step">The width of a bar, in seconds; at least 1.</param>
/// <param name="Chosen">The chosen values of variables by name; one that is not there has all.</param>
public sealed record PanelChoice(long From, long To, long Step, IReadOnlyDictionary<string, IReadOnlyList<string>> Chosen);
