namespace AksInsights.Service.Web;

/// <summary>What every page knows besides its own content. Immutable.</summary>
public sealed record PageFrame
{
    /// <summary>What the page is called, for the tab.</summary>
    public required string Title { get; init; }

    /// <summary>The entry of the navigation that it belongs to; empty for none.</summary>
    public required string Section { get; init; }

    /// <summary>Its path and query, to come back to.</summary>
    public required string Address { get; init; }

    /// <summary>Who reads it; null where nobody signs in.</summary>
    public string? User { get; init; }

    /// <summary>Whether people must sign in.</summary>
    public bool HasKeys { get; init; }

    /// <summary>The name that somebody gave when last saying something, where nobody signs in.</summary>
    public string? Name { get; init; }

    /// <summary><c>light</c>, <c>dark</c>, or empty for what the system prefers.</summary>
    public string Theme { get; init; } = "";

    /// <summary>The moment against which ages are told: that of the newest row where recordings are watched, else the clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The clock on the wall.</summary>
    public required DateTimeOffset Clock { get; init; }

    /// <summary>Whether recordings are watched, whose time stands still.</summary>
    public bool IsRecording { get; init; }

    /// <summary>What has just been done, in one sentence; null for nothing.</summary>
    public string? Notice { get; init; }
}
