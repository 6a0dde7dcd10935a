namespace AksInsights.Service.Api.Answers;

/// <summary>A page of a list, or a whole list.</summary>
/// <param name="Items">What is in it.</param>
/// <param name="Next">The place behind it, to be given as `after`; left out on the last page.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
