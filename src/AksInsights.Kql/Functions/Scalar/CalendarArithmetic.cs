using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Adding calendar units to points in time, counting them between two, and taking them out of one.</summary>
internal static class CalendarArithmetic
{
    private const string Units = "year, quarter, month, week, day, hour, minute, second, millisecond, microsecond, nanosecond";

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("datetime_add", FunctionKind.Scalar,
            $"A point in time some units on ({Units}); the last day of the month where it has no such day. Null beyond the years 1 to 9999.",
            "datetime_add('month', -15, datetime(2017-01-01))", "datetime-add-function")
        {
            Signatures =
            [
                new(
                    [Unit("period"), Parameter.Long("amount"), Parameter.DateTime("datetime")],
                    call => Adder(Word(call)) is null ? KqlType.Error : KqlType.DateTime) { Kernel = AddKernel, Complaint = call => UnknownUnit("datetime_add", call) },
            ],
        },
        new("datetime_diff", FunctionKind.Scalar,
            $"How many boundaries of a unit ({Units}) lie between the second point in time and the first; negative when the first is earlier.",
            "datetime_diff('day', datetime(2017-10-29), datetime(2017-09-30 23:59))", "datetime-diff-function")
        {
            Signatures =
            [
                new(
                    [Unit("period"), Parameter.DateTime("datetime1"), Parameter.DateTime("datetime2")],
                    call => Counter(Word(call)) is null ? KqlType.Error : KqlType.Long) { Kernel = DiffKernel, Complaint = call => UnknownUnit("datetime_diff", call) },
            ],
        },
        new("datetime_part", FunctionKind.Scalar,
            $"A part of a point in time ({Units}, dayofyear, week_of_year); fractions count from the whole second.",
            "datetime_part('hour', datetime(2017-10-30 01:02:03))", "datetime-part-function")
        {
            Aliases = ["datepart"],
            Signatures =
            [
                new([Unit("part"), Parameter.DateTime("datetime")], call => Part(Word(call)) is null ? KqlType.Error : KqlType.Int)
                {
                    Kernel = call => new Remaining(Map.Of(Part(Word(call)) ?? throw Unchecked())),
                    Complaint = call => UnknownUnit("datetime_part", call, ", dayofyear, week_of_year"),
                },
            ],
        },
    ];

    private static Parameter Unit(string name) => Parameter.Text(name).Constant();

    private static string Word(CallShape call) => (call.Constants[0] as string ?? "").ToLowerInvariant();

    private static Complaint UnknownUnit(string function, CallShape call, string more = "") =>
        new($"The unit `{call.Constants[0]}` of `{function}`", $"Units, in any case of letters: {Units}{more}.");

    private static InvalidOperationException Unchecked() => new("A kernel was asked for although the call's result type is an error.");

    private static ScalarKernel AddKernel(CallShape call)
    {
        var add = Adder(Word(call)) ?? throw Unchecked();
        return new Remaining(Map.OfMaybe<long, long, long>((amount, ticks) => add(ticks, amount)));
    }

    private static ScalarKernel DiffKernel(CallShape call)
    {
        var count = Counter(Word(call)) ?? throw Unchecked();
        return new Remaining(Map.Of<long, long, long>((first, second) => count(first) - count(second)));
    }

    private static Func<long, long, Maybe<long>>? Adder(string unit) => unit switch
    {
        "year" => (ticks, amount) => Calendar.AddMonths(ticks, amount * (Int128)12),
        "quarter" => (ticks, amount) => Calendar.AddMonths(ticks, amount * (Int128)3),
        "month" => (ticks, amount) => Calendar.AddMonths(ticks, amount),
        "nanosecond" => (ticks, amount) => Calendar.Checked(ticks + (amount / TimeSpan.NanosecondsPerTick)),
        _ => TicksOf(unit) is > 0 and var size ? (ticks, amount) => Calendar.Checked(ticks + (amount * (Int128)size)) : null,
    };

    // What is subtracted are unit numbers counted from a common origin, so that boundaries crossed are counted and not whole units elapsed.
    private static Func<long, long>? Counter(string unit) => unit switch
    {
        "year" => ticks => Calendar.At(ticks).Year,
        "quarter" => ticks => Calendar.Month(ticks) / 3,
        "month" => Calendar.Month,
        "week" => Calendar.Week,
        // The product may wrap; the difference of two is right as long as it fits itself.
        "nanosecond" => ticks => unchecked(ticks * TimeSpan.NanosecondsPerTick),
        _ => TicksOf(unit) is > 0 and var size ? ticks => ticks / size : null,
    };

    private static Func<long, long>? Part(string unit) => unit switch
    {
        "year" => ticks => Calendar.At(ticks).Year,
        "quarter" => ticks => (Calendar.Month(ticks) % 12 / 3) + 1,
        "month" => ticks => Calendar.At(ticks).Month,
        "week_of_year" => ticks => Calendar.IsoWeek(ticks),
        "weekofyear" => ticks => Calendar.OldWeek(ticks),
        "day" => ticks => Calendar.At(ticks).Day,
        "dayofyear" => ticks => Calendar.At(ticks).DayOfYear,
        "hour" => ticks => ticks / TimeSpan.TicksPerHour % 24,
        "minute" => ticks => ticks / TimeSpan.TicksPerMinute % 60,
        "second" => ticks => ticks / TimeSpan.TicksPerSecond % 60,
        "millisecond" => ticks => ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMillisecond,
        "microsecond" => ticks => ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond,
        "nanosecond" => ticks => ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick,
        _ => null,
    };

    private static long TicksOf(string unit) => unit switch
    {
        "week" => 7 * TimeSpan.TicksPerDay,
        "day" => TimeSpan.TicksPerDay,
        "hour" => TimeSpan.TicksPerHour,
        "minute" => TimeSpan.TicksPerMinute,
        "second" => TimeSpan.TicksPerSecond,
        "millisecond" => TimeSpan.TicksPerMillisecond,
        "microsecond" => TimeSpan.TicksPerMicrosecond,
        _ => 0,
    };

    /// <summary>Evaluates a kernel on the arguments behind the unit, which is already part of it.</summary>
    private sealed class Remaining(ScalarKernel kernel) : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length) => kernel.Evaluate(site, arguments[1..], length);
    }
}
