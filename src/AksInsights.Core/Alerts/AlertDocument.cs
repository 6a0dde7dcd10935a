using System.Text.Json;
using System.Text.Json.Serialization;
using AksInsights.Core.Findings;

namespace AksInsights.Core.Alerts;

/// <summary>What is to be said, before any channel's form: a title, a summary, sections of lines. Immutable; every channel writes it its own way.</summary>
/// <remarks>All texts are plain, without escapes of any kind; they may hold whatever a cluster put into a name.</remarks>
public sealed record AlertDocument
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <summary>One line that says it all, for subjects and headers.</summary>
    public required string Title { get; init; }

    /// <summary>A few words more; empty when the title is enough.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The worst that is told, for colours and headers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Severity Worst { get; init; }

    /// <summary>Whether all that is told is over.</summary>
    public bool AllOver { get; init; }

    /// <summary>The sections, in the order of reading.</summary>
    public required IReadOnlyList<AlertSection> Sections { get; init; }

    /// <summary>Where to read on; null when the service has no address for people.</summary>
    public Uri? Link { get; init; }

    /// <summary>How many lines there are in all sections, those left out included.</summary>
    [JsonIgnore]
    public int LineCount => Sections.Sum(section => section.Lines.Count + section.LeftOut);

    /// <summary>Reads back what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InvalidOperationException">It is none of ours.</exception>
    public static AlertDocument Parse(string json) =>
        JsonSerializer.Deserialize<AlertDocument>(json, Options) ?? throw new InvalidOperationException("A document in the outbox is empty.");

    /// <summary>The document as JSON, for the outbox.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);
}

/// <summary>Lines that belong together.</summary>
/// <param name="Heading">What they have in common; empty for a document that has one section.</param>
/// <param name="Lines">The lines, what matters most first.</param>
/// <param name="LeftOut">How many lines more there would be, had there been room.</param>
public sealed record AlertSection(string Heading, IReadOnlyList<AlertLine> Lines, int LeftOut = 0);

/// <summary>One line about one thing.</summary>
public sealed record AlertLine
{
    /// <summary>What is said, in one line.</summary>
    public required string Text { get; init; }

    /// <summary>How bad it is; null for a line that is about no problem.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Whether it is over.</summary>
    public bool Over { get; init; }

    /// <summary>Since when and against which threshold, in a few words; null when there is nothing to add.</summary>
    public string? Detail { get; init; }

    /// <summary>The first thing to do; null when there is nothing to do.</summary>
    public string? Action { get; init; }

    /// <summary>Where to read on.</summary>
    public Uri? Link { get; init; }
}
