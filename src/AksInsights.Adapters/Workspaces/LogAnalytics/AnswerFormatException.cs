namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>An answer that is not what the service's contract says: cut off, or of another shape.</summary>
/// <param name="message">What is wrong with it.</param>
internal sealed class AnswerFormatException(string message) : Exception(message);
