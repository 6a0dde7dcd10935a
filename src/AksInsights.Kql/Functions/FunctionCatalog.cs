using AksInsights.Kql.Functions.Aggregates;
using AksInsights.Kql.Functions.Scalar;

namespace AksInsights.Kql.Functions;

/// <summary>All functions the engine knows: the one list that binder, documentation and completion read.</summary>
public static class FunctionCatalog
{
    private static readonly Lazy<Dictionary<string, FunctionEntry>> ByName = new(Index);

    /// <summary>Every entry, area by area.</summary>
    public static IEnumerable<FunctionEntry> All => Areas().SelectMany(area => area);

    /// <summary>Finds a function by its exact name or alias.</summary>
    public static bool TryFind(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FunctionEntry? entry) =>
        ByName.Value.TryGetValue(name, out entry);

    // One line per area: the place to add a new file of functions.
    private static IEnumerable<IReadOnlyList<FunctionEntry>> Areas()
    {
        yield return TypeConversions.Entries;
        yield return TextLengths.Entries;
        yield return Clock.Entries;
        yield return Bins.Entries;
        yield return CalendarBounds.Entries;
        yield return CalendarParts.Entries;
        yield return CalendarArithmetic.Entries;
        yield return TimeMaking.Entries;
        yield return TimeZones.Entries;
        yield return TimeFormats.Entries;
        yield return Rounding.Entries;
        yield return Powers.Entries;
        yield return Distributions.Entries;
        yield return Bits.Entries;
        yield return Extremes.Entries;
        yield return Chance.Entries;
        yield return Counts.Entries;
    }

    private static Dictionary<string, FunctionEntry> Index()
    {
        var index = new Dictionary<string, FunctionEntry>(StringComparer.Ordinal);
        foreach (var entry in All)
        {
            index.Add(entry.Name, entry);
            foreach (var alias in entry.Aliases) index.Add(alias, entry);
        }

        return index;
    }
}
