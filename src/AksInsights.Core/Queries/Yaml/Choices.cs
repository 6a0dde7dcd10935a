using System.Text.Json;

namespace AksInsights.Core.Queries.Yaml;

/// <summary>Enumerations as the query files write them: in kebab case, <c>near-miss</c> for <c>NearMiss</c>.</summary>
internal static class Choices
{
    /// <summary>The written values, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> Names<T>()
        where T : struct, Enum => Cache<T>.Names;

    /// <summary>Reads a written value; exact, as case tells nothing apart.</summary>
    public static bool TryParse<T>(string text, out T value)
        where T : struct, Enum
    {
        var index = Array.IndexOf(Cache<T>.Names, text);
        value = index < 0 ? default : Cache<T>.Values[index];
        return index >= 0;
    }

    /// <summary>The written form of a value.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => Cache<T>.Names[Array.IndexOf(Cache<T>.Values, value)];

    private static class Cache<T>
        where T : struct, Enum
    {
        public static readonly T[] Values = Enum.GetValues<T>();
        public static readonly string[] Names = Array.ConvertAll(Enum.GetNames<T>(), JsonNamingPolicy.KebabCaseLower.ConvertName);
    }
}
