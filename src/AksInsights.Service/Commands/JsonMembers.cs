using System.Globalization;
using System.Text.Json;

namespace AksInsights.Service.Commands;

/// <summary>Reads the members of a JSON object that a person or program gives; what is missing or of another kind is named with its path.</summary>
/// <param name="Element">The object.</param>
/// <param name="Path">Its path, for messages.</param>
internal readonly record struct JsonMembers(JsonElement Element, string Path)
{
    /// <summary>A text that must be there.</summary>
    public string Text(string name) => OptionalText(name) ?? throw Wrong(name, "is missing");

    /// <summary>A text; null when it is absent or null.</summary>
    public string? OptionalText(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Wrong(name, "is no text"),
    };

    /// <summary>A list of texts; empty when it is absent.</summary>
    public IReadOnlyList<string> Texts(string name) => Find(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(i => i.ValueKind == JsonValueKind.String) => [.. list.EnumerateArray().Select(i => i.GetString()!)],
        _ => throw Wrong(name, "is no list of texts"),
    };

    /// <summary>A number that must be there.</summary>
    public double Number(string name) => OptionalNumber(name) ?? throw Wrong(name, "is missing");

    /// <summary>A number; null when it is absent or null.</summary>
    public double? OptionalNumber(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out var value) && Math.Abs(value) < 1e15 => value,
        _ => throw Wrong(name, "is no number"),
    };

    /// <summary>A time that must be there.</summary>
    public DateTimeOffset Time(string name)
    {
        var text = Text(name);
        return InputTime.TryRead(text, out var time) ? time : throw Wrong(name, $"is no time: `{text}`");
    }

    /// <summary>One of the names of an enumeration, whatever their case.</summary>
    public T Choice<T>(string name)
        where T : struct, Enum
    {
        var text = Text(name);
        return Enum.TryParse<T>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw Wrong(name, $"is `{text}`; it must be one of {string.Join(", ", Enum.GetNames<T>())}");
    }

    /// <summary>An object that must be there.</summary>
    public JsonMembers Object(string name) => OptionalObject(name) ?? throw Wrong(name, "is missing");

    /// <summary>An object; null when it is absent or null.</summary>
    public JsonMembers? OptionalObject(string name) => Find(name) is { } member ? new JsonMembers(member, $"{Path}.{name}") : null;

    /// <summary>What is wrong with a member.</summary>
    public FormatException Wrong(string name, string what) => new(string.Create(CultureInfo.InvariantCulture, $"`{Path}.{name}` {what}"));

    private JsonElement? Find(string name)
    {
        if (Element.ValueKind != JsonValueKind.Object) throw new FormatException($"`{Path}` is no object");
        return Element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
    }
}
