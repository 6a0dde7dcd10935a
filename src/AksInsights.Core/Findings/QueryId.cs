using System.Diagnostics.CodeAnalysis;

namespace AksInsights.Core.Findings;

/// <summary>The name of a query: area and kebab-case name, such as <c>pods/crash-loop</c>. It never changes, as findings are remembered under it.</summary>
public readonly record struct QueryId
{
    /// <summary>The area of what the evaluation itself finds wrong with data and queries.</summary>
    public const string DataHealthArea = "data-health";

    /// <summary>Wraps an id that is known to be one.</summary>
    /// <exception cref="ArgumentException">The text is not <c>area/name</c> in lower-case letters, digits and inner hyphens.</exception>
    public QueryId(string value)
    {
        if (!IsValid(value)) throw new ArgumentException($"`{value}` is not a query id; expected `area/name` in kebab case.", nameof(value));
        Value = value;
    }

    /// <summary>The id.</summary>
    public string Value { get; }

    /// <summary>What stands before the slash.</summary>
    public string Area => Value[..Value.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>What stands behind the slash.</summary>
    public string Name => Value[(Value.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>Reads an id that somebody typed.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out QueryId id)
    {
        var valid = IsValid(text);
        id = valid ? new QueryId(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsValid(string? text)
    {
        if (text is null || text.Length > 120) return false;
        var parts = text.Split('/');
        return parts.Length == 2 && parts.All(IsKebab);
    }

    private static bool IsKebab(string part) =>
        part.Length > 0 && part[0] != '-' && part[^1] != '-' && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
