using System.Text.Json;
using AksInsights.Kql;
using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Results;
using AksInsights.Kql.Text;

namespace AksInsights.Service.Commands;

/// <summary>What came of a query that a person typed.</summary>
internal abstract record KqlAnswer
{
    private KqlAnswer()
    {
    }

    /// <summary>Writes the answer's members into an open object: <c>tables</c>, <c>error</c>, or both when the tables are not whole.</summary>
    public abstract void Write(Utf8JsonWriter json);

    /// <summary>The result.</summary>
    /// <param name="Result">What the query gave.</param>
    /// <param name="Timing">How long it took; null when nobody asked.</param>
    public sealed record Given(KqlResult Result, KqlTiming? Timing) : KqlAnswer
    {
        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter json)
        {
            ResultJson.WriteTables(json, Result.Tables);
            if (Result.PartialReason is { } reason) WriteError(json, "PartialError", reason);
            Timing?.Write(json);
        }
    }

    /// <summary>No result.</summary>
    /// <param name="Code">The code of the first mistake, or the kind of failure.</param>
    /// <param name="Message">What happened.</param>
    /// <param name="Diagnostics">The mistakes in the text, with their places.</param>
    public sealed record Refused(string Code, string Message, IReadOnlyList<Diagnostic> Diagnostics) : KqlAnswer
    {
        /// <summary>The answer for people.</summary>
        public string Print(string text, string? name) =>
            Diagnostics.Count > 0 ? CaretPrinter.Print(new SourceText(text, name), Diagnostics) : $"{Message}{Environment.NewLine}";

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter json) => WriteError(json, Code, Message);
    }

    /// <summary>A plan, for a query that was to be explained and not run.</summary>
    public sealed record Explained(string Plan) : KqlAnswer
    {
        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter json) => json.WriteString("plan", Plan);
    }

    private static void WriteError(Utf8JsonWriter json, string code, string message)
    {
        json.WriteStartObject("error");
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    }
}
