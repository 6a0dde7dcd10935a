using System.Text.Json;

namespace AksInsights.Service.Serving;

/// <summary>An error as the service writes it: codes that become narrower inwards.</summary>
/// <param name="Code">The code.</param>
/// <param name="Message">What happened.</param>
internal sealed record ServiceError(string Code, string Message)
{
    /// <summary>The narrower error.</summary>
    public ServiceError? Inner { get; init; }

    /// <summary>Errors beside each other, of an answer that is partial.</summary>
    public IReadOnlyList<ServiceError> Details { get; init; } = [];

    /// <summary>The place in the query.</summary>
    public ErrorPlace? Place { get; init; }

    /// <summary>Whether it is of the engine, which adds a severity.</summary>
    public bool OfEngine { get; init; }

    /// <summary>A request that makes no sense.</summary>
    public static ServiceError BadArgument(ServiceError inner) => new("BadArgumentError", "The request had some invalid properties") { Inner = inner };

    /// <summary>An answer that is not whole.</summary>
    /// <param name="engineCode">The engine's number of the error.</param>
    /// <param name="message">Why.</param>
    public static ServiceError Partial(string engineCode, string message) => new("PartialError", "There were some errors when processing your query.")
    {
        Details = [new("EngineError", "Something went wrong processing your query on the server.") { Inner = new(engineCode, message) { OfEngine = true } }],
    };

    /// <summary>Writes the value of the member <c>error</c>.</summary>
    /// <param name="json">An object whose member name is written already.</param>
    /// <param name="correlation">What a person would give to support; null leaves it out.</param>
    public void Write(Utf8JsonWriter json, Guid? correlation)
    {
        json.WriteStartObject();
        json.WriteString("message", Message);
        json.WriteString("code", Code);
        if (correlation is { } id) json.WriteString("correlationId", id);
        if (OfEngine)
        {
            json.WriteNumber("severity", 2);
            json.WriteString("severityName", "Error");
        }

        if (Place is { } place)
        {
            json.WriteNumber("line", place.Line);
            json.WriteNumber("pos", place.Position);
            json.WriteString("token", place.Token);
        }

        if (Details.Count > 0)
        {
            json.WriteStartArray("details");
            foreach (var detail in Details) detail.Write(json, null);
            json.WriteEndArray();
        }

        if (Inner is not null)
        {
            json.WritePropertyName("innererror");
            Inner.Write(json, null);
        }

        json.WriteEndObject();
    }
}

/// <summary>A place in a query as the service counts.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Position">The character in the line, from 0.</param>
/// <param name="Token">The word there.</param>
internal sealed record ErrorPlace(int Line, int Position, string Token);
