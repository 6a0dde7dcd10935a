using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AksInsights.Service.Commands;

namespace AksInsights.Service.Api;

/// <summary>How the API writes its answers: names in camel case, enumerations in kebab case, times in UTC to the second; what has no value is left out.</summary>
internal static class ApiJson
{
    /// <summary>The settings.</summary>
    public static JsonSerializerOptions Options { get; } = Make(new JsonSerializerOptions());

    /// <summary>Gives settings these ways, for the document that describes the answers.</summary>
    public static JsonSerializerOptions Make(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
        options.Converters.Add(new SecondsConverter());
        options.Converters.Add(new RawJsonConverter());
        return options;
    }

    private sealed class SecondsConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && InputTime.TryRead(reader.GetString()!, out var time) ? time : throw new JsonException("This is no time such as 2026-01-05T10:00:00Z.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(FindingJson.Time(value));
    }

    private sealed class RawJsonConverter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var value = JsonDocument.ParseValue(ref reader);
            return new RawJson(value.RootElement.GetRawText());
        }

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Text);
    }
}

/// <summary>A value that is JSON already.</summary>
/// <param name="Text">The JSON.</param>
internal readonly record struct RawJson(string Text);
