namespace AksInsights.Service.Commands;

/// <summary>Numbers with their nouns.</summary>
internal static class Counted
{
    /// <summary>The number and the noun in the form that goes with it; the plural is the noun with an s unless it is given.</summary>
    public static string Of(long number, string one, string? many = null) => number == 1 ? $"1 {one}" : $"{number} {many ?? one + "s"}";
}
