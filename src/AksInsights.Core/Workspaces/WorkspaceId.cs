namespace AksInsights.Core.Workspaces;

/// <summary>The lasting name of a workspace: the same rows under the same id in every run, so that findings find their history.</summary>
/// <remarks>
/// A Log Analytics workspace is named by its resource id in lower case, a recorded one by the name its owner gives it (by default that of its folder),
/// never by a path relative to where the program happens to run.
/// </remarks>
public readonly record struct WorkspaceId
{
    /// <summary>Wraps a name.</summary>
    /// <exception cref="ArgumentException">The name is empty or has control characters.</exception>
    public WorkspaceId(string value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Any(char.IsControl))
            throw new ArgumentException("A workspace needs a name without control characters.", nameof(value));
        Value = value;
    }

    /// <summary>The name; compared by code point.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
