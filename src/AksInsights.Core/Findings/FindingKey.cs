using System.Collections;

namespace AksInsights.Core.Findings;

/// <summary>One part of a key: a column of the query and its value, null where the subject has none.</summary>
public sealed record KeyPart(string Column, string? Value);

/// <summary>What a finding is about: the key columns of its query with their values, in the order the query declares them. Immutable; equal by content.</summary>
public sealed class FindingKey : IReadOnlyList<KeyPart>, IEquatable<FindingKey>
{
    /// <summary>The key column that names the cluster, by which data are fresh or not.</summary>
    public const string ClusterColumn = "cluster";

    // Read when first asked for; two that ask at once read the same.
    private readonly Func<IEnumerable<KeyPart>>? _read;
    private KeyPart[]? _known;

    /// <summary>Copies the parts; an empty value is an absent one, and a cluster's resource id is kept in lower case.</summary>
    public FindingKey(IEnumerable<KeyPart> parts) => _known = [.. parts.Select(Normalise)];

    private FindingKey(Func<IEnumerable<KeyPart>> read) => _read = read;

    /// <inheritdoc/>
    public int Count => Parts.Length;

    private KeyPart[] Parts => _known ??= [.. _read!().Select(Normalise)];

    /// <inheritdoc/>
    public KeyPart this[int index] => Parts[index];

    /// <summary>The value of a key column; null when the column is absent or has no value.</summary>
    public string? this[string column] => Array.Find(Parts, part => part.Column == column)?.Value;

    /// <summary>The cluster the subject lives in, lower case; null when the key names none.</summary>
    public string? Cluster => this[ClusterColumn];

    /// <summary>A key whose parts are read when they are first asked for: an evaluation loads many findings whose keys nobody looks at.</summary>
    /// <param name="read">Reads them; pure, and may be called more than once.</param>
    public static FindingKey Lazy(Func<IEnumerable<KeyPart>> read) => new(read);

    /// <inheritdoc/>
    public IEnumerator<KeyPart> GetEnumerator() => ((IEnumerable<KeyPart>)Parts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Parts.GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(FindingKey? other) => other is not null && Parts.AsSpan().SequenceEqual(other.Parts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FindingKey);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var part in Parts) hash.Add(part);
        return hash.ToHashCode();
    }

    /// <summary>The parts that have a value, for people: <c>namespace=shop workload=cart</c>.</summary>
    public override string ToString() => string.Join(' ', Parts.Where(part => part.Value is not null).Select(part => $"{part.Column}={part.Value}"));

    private static KeyPart Normalise(KeyPart part)
    {
        if (string.IsNullOrEmpty(part.Value)) return part with { Value = null };
        return part.Column == ClusterColumn ? part with { Value = part.Value.ToLowerInvariant() } : part;
    }
}
