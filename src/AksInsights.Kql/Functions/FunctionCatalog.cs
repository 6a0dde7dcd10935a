using System.Diagnostics.CodeAnalysis;
using AksInsights.Kql.Functions.Aggregates;
using AksInsights.Kql.Functions.Scalar;
using AksInsights.Kql.Functions.Series;
using AksInsights.Kql.Functions.Windows;

namespace AksInsights.Kql.Functions;

/// <summary>All functions the engine knows: the one list that binder, documentation and completion read.</summary>
public static class FunctionCatalog
{
    private static readonly Lazy<Dictionary<string, FunctionEntry>> Aggregates = new(() => Index(aggregates: true));
    private static readonly Lazy<Dictionary<string, FunctionEntry>> Others = new(() => Index(aggregates: false));

    /// <summary>Every entry, area by area.</summary>
    public static IEnumerable<FunctionEntry> All => Areas().SelectMany(area => area);

    /// <summary>Finds a function by its exact name or alias. Of the few names that are both (<c>hll_merge</c>), the scalar function.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out FunctionEntry? entry) =>
        Others.Value.TryGetValue(name, out entry) || TryFindAggregate(name, out entry);

    /// <summary>Finds an aggregate by its exact name or alias: what <c>summarize</c> looks for first.</summary>
    public static bool TryFindAggregate(string name, [NotNullWhen(true)] out FunctionEntry? entry) =>
        Aggregates.Value.TryGetValue(name, out entry);

    // One line per area: the place to add a new file of functions.
    private static IEnumerable<IReadOnlyList<FunctionEntry>> Areas()
    {
        yield return Conditions.Entries;
        yield return TypeConversions.Entries;
        yield return Emptiness.Entries;
        yield return TextLengths.Entries;
        yield return TextJoining.Entries;
        yield return TextShaping.Entries;
        yield return TextSearch.Entries;
        yield return TextExtraction.Entries;
        yield return TextReplacing.Entries;
        yield return CodePointTexts.Entries;
        yield return Base64.Entries;
        yield return Compression.Entries;
        yield return PunycodeFunctions.Entries;
        yield return Urls.Entries;
        yield return Documents.Entries;
        yield return Hashes.Entries;
        yield return Identifiers.Entries;
        yield return Ipv4Functions.Entries;
        yield return Ipv4Search.Entries;
        yield return Ipv6Functions.Entries;
        yield return UnitConversions.Entries;
        yield return ByteSizes.Entries;
        yield return Assertions.Entries;
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
        yield return Arrays.Entries;
        yield return ArrayMoves.Entries;
        yield return ArraySorting.Entries;
        yield return Ranges.Entries;
        yield return Sets.Entries;
        yield return Bags.Entries;
        yield return DynamicShapes.Entries;
        yield return SeriesArithmetic.Entries;
        yield return SeriesElements.Entries;
        yield return SeriesTotals.Entries;
        yield return SeriesFills.Entries;
        yield return SeriesFilters.Entries;
        yield return SeriesFits.Entries;
        yield return SeriesStatistics.Entries;
        yield return SeriesSpectra.Entries;
        yield return SeriesSeasons.Entries;
        yield return SeriesDecompositions.Entries;
        yield return Sketches.Entries;
        yield return Counts.Entries;
        yield return Sums.Entries;
        yield return Averages.Entries;
        yield return MinMax.Entries;
        yield return Percentiles.Entries;
        yield return DistinctCounts.Entries;
        yield return CountSketches.Entries;
        yield return Digests.Entries;
        yield return Deviations.Entries;
        yield return Covariances.Entries;
        yield return BitFolds.Entries;
        yield return MergedBags.Entries;
        yield return Schemas.Entries;
        yield return Lists.Entries;
        yield return Takes.Entries;
        yield return Neighbors.Entries;
        yield return RowNumbers.Entries;
        yield return RunningSums.Entries;
        yield return RowRanks.Entries;
        yield return Sessions.Entries;
    }

    private static Dictionary<string, FunctionEntry> Index(bool aggregates)
    {
        var index = new Dictionary<string, FunctionEntry>(StringComparer.Ordinal);
        foreach (var entry in All.Where(e => e.Kind == FunctionKind.Aggregate == aggregates))
        {
            index.Add(entry.Name, entry);
            foreach (var alias in entry.Aliases) index.Add(alias, entry);
        }

        return index;
    }
}
