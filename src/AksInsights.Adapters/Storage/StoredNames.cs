using System.Text.Json;

namespace AksInsights.Adapters.Storage;

/// <summary>Enumerations as the store writes them: <c>flapping-started</c> for <c>FlappingStarted</c>, so that a table can be read without the program.</summary>
internal static class StoredNames<T>
    where T : struct, Enum
{
    private static readonly T[] Values = Enum.GetValues<T>();
    private static readonly string[] Names = [.. Values.Select(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()))];

    /// <summary>The written form.</summary>
    public static string Format(T value) => Names[Array.IndexOf(Values, value)];

    /// <summary>Reads the written form.</summary>
    /// <exception cref="InvalidOperationException">The text was not written by <see cref="Format"/>.</exception>
    public static T Parse(string text)
    {
        var index = Array.IndexOf(Names, text);
        return index < 0 ? throw new InvalidOperationException($"The store has `{text}` where a {typeof(T).Name} belongs.") : Values[index];
    }
}
