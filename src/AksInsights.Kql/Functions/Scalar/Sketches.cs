using System.Globalization;
using AksInsights.Kql.Functions.Aggregates;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Reading and merging what the aggregates hll and tdigest made. A value that is not such a state gives null.</summary>
internal static class Sketches
{
    private static readonly Parameter State = Parameter.Dynamic("tdigest");

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("dcount_hll", FunctionKind.Scalar, "The number of distinct values in a state made by hll.", "dcount_hll(Pods)", "dcount-hll-function")
        {
            Naming = (argument, _) => "dcount_hll_" + argument,
            Signatures = [new([Parameter.Dynamic("hll")], KqlType.Long) { Kernel = _ => Map.OfMaybe<object, long>(Count) }],
        },
        new("hll_merge", FunctionKind.Scalar, "One state of several made by hll; nulls are skipped.", "hll_merge(Today, Yesterday)", "hll-merge-function")
        {
            Naming = (_, _) => "hll_merged_result",
            Signatures = [Merge(MergeCounts)],
        },
        new("tdigest_merge", FunctionKind.Scalar, "One state of several made by tdigest; nulls are skipped.", "tdigest_merge(Today, Yesterday)", "merge-tdigest-function")
        {
            Aliases = ["merge_tdigest"],
            Naming = (_, _) => "tdigests_merge_result",
            Signatures = [Merge(MergeDigests)],
        },
        new("percentile_tdigest", FunctionKind.Scalar, "The value at a percentile of a state made by tdigest, as dynamic or of the type asked for.", "percentile_tdigest(Latencies, 95, typeof(long))", "percentile-tdigest-function")
        {
            Naming = (argument, _) => "percentile_tdigest_" + argument,
            Signatures =
            [
                new([State, Parameter.Real("percentile"), Parameter.Text("type").Optional().Constant()], ResultType)
                {
                    Kernel = _ => Map.OfRow((site, row) => Percentile(Digest.Read(row[0]), row[1], site.ResultType)),
                },
            ],
        },
        new("percentiles_array_tdigest", FunctionKind.Scalar, "The values at several percentiles of a state made by tdigest, as an array.", "percentiles_array_tdigest(Latencies, 50, 95)", "percentile-array-tdigest-function")
        {
            Naming = (argument, _) => "percentile_tdigest_" + argument,
            Signatures =
            [
                new([State, new Parameter("percentile", TypeSet.Number, KqlType.Real)], KqlType.Dynamic) { Repeats = true, Kernel = _ => Map.OfRow(row => Percentiles(row[0], row[1..], KqlType.Dynamic)) },
                new([State, Parameter.Dynamic("percentiles"), Parameter.Text("type").Optional().Constant()], shape => ResultType(shape) == KqlType.Error ? KqlType.Error : KqlType.Dynamic)
                {
                    Kernel = shape => Map.OfRow(row => row[1] is DynamicArray wanted ? Percentiles(row[0], [.. wanted], ResultType(shape)) : null),
                },
            ],
        },
        new("rank_tdigest", FunctionKind.Scalar, "How many values of a state made by tdigest do not exceed a value.", "rank_tdigest(Latencies, 250)", "rank-tdigest-function")
        {
            Signatures = [new([State, Parameter.Any("value")], KqlType.Real) { Kernel = _ => Map.OfRow(row => Rank(row[0], row[1])?.Rank) }],
        },
        new("percentrank_tdigest", FunctionKind.Scalar, "How many percent of the values of a state made by tdigest do not exceed a value.", "percentrank_tdigest(Latencies, 250)", "percentrank-tdigest-function")
        {
            Signatures = [new([State, Parameter.Any("value")], KqlType.Real) { Kernel = _ => Map.OfRow(row => Rank(row[0], row[1]) is { } found ? found.Rank * 100 / found.Total : null) }],
        },
    ];

    private static Signature Merge(Func<object?[], object?> merge) => new([Parameter.Dynamic("state"), Parameter.Dynamic("state")], KqlType.Dynamic)
    {
        Repeats = true,
        Kernel = _ => Map.OfRow(merge),
    };

    private static Maybe<long> Count(object state) => HyperLogLog.Read(state) is { } sketch ? sketch.Estimate() : Maybe<long>.Null;

    private static DynamicArray? MergeCounts(object?[] row)
    {
        HyperLogLog? merged = null;
        foreach (var value in row)
        {
            if (HyperLogLog.Read(value) is not { } sketch) continue;
            if (merged is null) merged = sketch;
            else merged.Add(sketch);
        }

        return merged?.ToDynamic();
    }

    private static DynamicArray? MergeDigests(object?[] row) => Digest.Merge([.. row.Select(Digest.Read).OfType<Digest>()])?.ToDynamic();

    private static KqlType ResultType(CallShape shape)
    {
        if (shape.Types.Count < 3) return KqlType.Dynamic;
        return shape.Constants[2] is string name && KqlTypes.TryParse(name, out var type) ? type : KqlType.Error;
    }

    // Values in the in-memory form of the type asked for; null where the state's type has no such form.
    private static object? Percentile(Digest? digest, object? percentile, KqlType type)
    {
        if (digest is null || percentile is null) return null;
        var number = digest.At(Convert.ToDouble(percentile, CultureInfo.InvariantCulture));
        if (type == KqlType.Dynamic) return digest.Type == KqlType.Real ? OrderedBits.ToReal(number) : DynamicCells.FromWhole(digest.Type, number);
        if (type == digest.Type || (type.IsInteger() && digest.Type == KqlType.Long)) return digest.Type == KqlType.Real ? (object)OrderedBits.ToReal(number) : number;
        if (digest.Type is not (KqlType.Long or KqlType.Real)) return null;
        var real = digest.Type == KqlType.Real ? OrderedBits.ToReal(number) : number;
        return type switch
        {
            KqlType.Real => real,
            KqlType.Int or KqlType.Long when Math.Abs(real) < 9e18 => (long)real,
            KqlType.Decimal when Math.Abs(real) < 7e28 => (decimal)real,
            _ => null,
        };
    }

    private static DynamicArray? Percentiles(object? state, object?[] wanted, KqlType type) =>
        Digest.Read(state) is { } digest
            ? new DynamicArray(Array.ConvertAll(wanted, p => DynamicEquality.IsNumber(p) ? Item(Percentile(digest, p, type), type) : null))
            : null;

    // Times are ticks in columns, but not in arrays.
    private static object? Item(object? value, KqlType type) => value is long ticks && type != KqlType.Dynamic ? DynamicCells.FromWhole(type, ticks) : value;

    private static (double Rank, double Total)? Rank(object? state, object? value) =>
        Digest.Read(state) is { } digest && NumberOf(digest.Type, value) is { } number ? (digest.RankOf(number), digest.Total) : null;

    // The greatest number of the state's kind that does not exceed the value.
    private static long? NumberOf(KqlType type, object? value) => value switch
    {
        DateTime time => time.Ticks,
        TimeSpan length => length.Ticks,
        long whole => type == KqlType.Real ? OrderedBits.FromReal(whole) : whole,
        double or decimal => type == KqlType.Real
            ? OrderedBits.FromReal(DynamicEquality.ToReal(value))
            : (long)Math.Clamp(Math.Floor(DynamicEquality.ToReal(value)), long.MinValue, long.MaxValue),
        _ => null,
    };
}
