namespace AksInsights.Core.Dashboards.Panels;

/// <summary>From which values on something has which colour; below the first it has the base colour.</summary>
/// <param name="Base">The colour below all steps.</param>
/// <param name="Steps">Values and colours, upwards.</param>
public sealed record Thresholds(string Base, params IReadOnlyList<(double From, string Color)> Steps)
{
    /// <summary>Green whatever the value.</summary>
    public static Thresholds None { get; } = new(Palette.Good);

    /// <summary>Blue whatever the value: a number that is neither good nor bad.</summary>
    public static Thresholds Neutral { get; } = new(Palette.Neutral);

    /// <summary>How much of something is used up: yellow from 80 % on, red from 95 % on.</summary>
    public static Thresholds Full { get; } = new(Palette.Good, (0.8, Palette.Warning), (0.95, Palette.Critical));

    /// <summary>One is too many.</summary>
    public static Thresholds NoneAllowed(string color) => new(Palette.Good, (1, color));
}

/// <summary>The colours: one for each severity, and those for what is fine or neutral.</summary>
public static class Palette
{
    /// <summary>Fine.</summary>
    public const string Good = "green";

    /// <summary>Neither good nor bad.</summary>
    public const string Neutral = "blue";

    /// <summary>Severity info.</summary>
    public const string Info = "blue";

    /// <summary>Severity warning.</summary>
    public const string Warning = "yellow";

    /// <summary>Severity error.</summary>
    public const string Error = "orange";

    /// <summary>Severity critical.</summary>
    public const string Critical = "red";

    /// <summary>Not known.</summary>
    public const string Unknown = "text";
}
