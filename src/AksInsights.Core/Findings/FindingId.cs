using System.Globalization;
using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Findings;

/// <summary>The name of one finding, for links and commands: 16 hexadecimal digits.</summary>
/// <remarks>
/// It follows from workspace, fingerprint and the first time seen, so the same evaluation gives the same id wherever and however often it runs. A problem
/// that comes back within the reopening time keeps its id; later it is a new finding with the same fingerprint.
/// </remarks>
public readonly record struct FindingId
{
    /// <summary>Wraps a stored id.</summary>
    /// <exception cref="ArgumentException">The text is not 16 lower-case hexadecimal digits.</exception>
    public FindingId(string value)
    {
        if (!IsValid(value)) throw new ArgumentException($"`{value}` is not a finding's id of 16 lower-case hexadecimal digits.", nameof(value));
        Value = value;
    }

    /// <summary>The digits.</summary>
    public string Value { get; }

    /// <summary>The id of a finding first seen at a time.</summary>
    public static FindingId Of(WorkspaceId workspace, Fingerprint fingerprint, DateTimeOffset firstSeen)
    {
        var ticks = firstSeen.UtcTicks.ToString(CultureInfo.InvariantCulture);
        return new FindingId(Fingerprint.Hash($"{workspace.Value}\n{fingerprint.Value}\n{ticks}")[..16]);
    }

    /// <summary>Whether a text that somebody typed can be an id.</summary>
    public static bool IsValid(string text) => text.Length == 16 && !text.AsSpan().ContainsAnyExcept(Fingerprint.HexDigits);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
