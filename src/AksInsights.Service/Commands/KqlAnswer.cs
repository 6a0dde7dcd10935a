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

    /// <summary>Writes the answer's member, <c>tables</c> or <c>error</c>, into an open object.</summary>
    public abstract void Write(Utf8JsonWriter json);

    /// <summary>The result.</summary>
    public sealed record Given(KqlResult Result) : KqlAnswer
    {
        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter json) => ResultJson.WriteTables(json, Result.Tables);
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
        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject("error");
            json.WriteString("code", Code);
            json.WriteString("message", Message);
            json.WriteEndObject();
        }
    }
}
