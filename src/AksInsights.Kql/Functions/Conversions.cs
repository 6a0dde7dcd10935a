using System.Diagnostics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions;

/// <summary>Kernels that turn a column of one type into another: what the <c>to...</c> functions do, and the engine where it converts by itself.</summary>
/// <remarks>
/// Shape: one argument; null, and what has no counterpart in the other type, gives null (for text: empty). From dynamic, a value converts as
/// the scalar it holds would. To dynamic, text stays text: reading JSON is <c>parse_json</c>'s work, not a conversion. The call site's
/// result type must be the target type.
/// </remarks>
internal static class Conversions
{
    private static readonly ScalarKernel Same = new SameForm();
    private static readonly ScalarKernel Nothing = new AlwaysNull();
    private static readonly ScalarKernel?[,] Known = new ScalarKernel?[Count, Count];

    private static int Count => (int)KqlType.Dynamic + 1;

    /// <summary>The kernel for a pair of types; every pair has one.</summary>
    public static ScalarKernel For(KqlType from, KqlType to) => Known[(int)from, (int)to] ??= Make(from, to);

    private static ScalarKernel Make(KqlType from, KqlType to)
    {
        if (from == to) return Same;
        return to switch
        {
            KqlType.Bool => ToBool(from),
            KqlType.Int => ToInt(from),
            KqlType.Long => ToLong(from),
            KqlType.Real => ToReal(from),
            KqlType.Decimal => ToDecimal(from),
            KqlType.DateTime => ToDateTime(from),
            KqlType.TimeSpan => ToTimeSpan(from),
            KqlType.Guid => ToGuid(from),
            KqlType.String => ToText(from),
            KqlType.Dynamic => ToDynamic(from),
            // An expression that did not bind is never run; whatever it converts to is as good as null.
            KqlType.Error => Nothing,
            _ => throw new UnreachableException($"KqlType {to}"),
        };
    }

    private static ScalarKernel ToBool(KqlType from) => from switch
    {
        KqlType.Int or KqlType.Long => Map.Of<long, bool>(v => v != 0),
        KqlType.Real => Map.Of<double, bool>(v => v != 0),
        KqlType.Decimal => Map.Of<decimal, bool>(v => v != 0),
        KqlType.String => Map.OfMaybe<string, bool>(ScalarValues.ToBool),
        KqlType.Dynamic => Map.OfMaybe<object, bool>(ScalarValues.ToBool),
        _ => Nothing,
    };

    private static ScalarKernel ToInt(KqlType from) => from switch
    {
        KqlType.Bool => Map.Of<bool, long>(v => v ? 1 : 0),
        KqlType.Long or KqlType.DateTime or KqlType.TimeSpan => Map.OfMaybe<long, long>(ScalarValues.ToInt),
        KqlType.Real => Map.OfMaybe<double, long>(v => ScalarValues.ToInt(ScalarValues.ToLong(v))),
        KqlType.Decimal => Map.OfMaybe<decimal, long>(v => ScalarValues.ToInt(ScalarValues.ToLong(v))),
        KqlType.String => Map.OfMaybe<string, long>(v => ScalarValues.ToInt(ScalarValues.ToLong(v))),
        KqlType.Dynamic => Map.OfMaybe<object, long>(v => ScalarValues.ToInt(ScalarValues.ToLong(v))),
        _ => Nothing,
    };

    private static ScalarKernel ToLong(KqlType from) => from switch
    {
        KqlType.Bool => Map.Of<bool, long>(v => v ? 1 : 0),
        KqlType.Int or KqlType.DateTime or KqlType.TimeSpan => Same,
        KqlType.Real => Map.OfMaybe<double, long>(ScalarValues.ToLong),
        KqlType.Decimal => Map.OfMaybe<decimal, long>(ScalarValues.ToLong),
        KqlType.String => Map.OfMaybe<string, long>(ScalarValues.ToLong),
        KqlType.Dynamic => Map.OfMaybe<object, long>(ScalarValues.ToLong),
        _ => Nothing,
    };

    private static ScalarKernel ToReal(KqlType from) => from switch
    {
        KqlType.Bool => Map.Of<bool, double>(v => v ? 1 : 0),
        KqlType.Int or KqlType.Long or KqlType.DateTime or KqlType.TimeSpan => Map.Of<long, double>(v => v),
        KqlType.Decimal => Map.Of<decimal, double>(v => (double)v),
        KqlType.String => Map.OfMaybe<string, double>(ScalarValues.ToReal),
        KqlType.Dynamic => Map.OfMaybe<object, double>(ScalarValues.ToReal),
        _ => Nothing,
    };

    private static ScalarKernel ToDecimal(KqlType from) => from switch
    {
        KqlType.Bool => Map.Of<bool, decimal>(v => v ? 1 : 0),
        KqlType.Int or KqlType.Long or KqlType.DateTime or KqlType.TimeSpan => Map.Of<long, decimal>(v => v),
        KqlType.Real => Map.OfMaybe<double, decimal>(ScalarValues.ToDecimal),
        KqlType.String => Map.OfMaybe<string, decimal>(ScalarValues.ToDecimal),
        KqlType.Dynamic => Map.OfMaybe<object, decimal>(ScalarValues.ToDecimal),
        _ => Nothing,
    };

    private static ScalarKernel ToDateTime(KqlType from) => from switch
    {
        KqlType.Int or KqlType.Long => Map.OfMaybe<long, long>(ScalarValues.ToDateTime),
        KqlType.String => Map.OfMaybe<string, long>(ScalarValues.ToDateTime),
        KqlType.Dynamic => Map.OfMaybe<object, long>(ScalarValues.ToDateTime),
        _ => Nothing,
    };

    private static ScalarKernel ToTimeSpan(KqlType from) => from switch
    {
        KqlType.Int or KqlType.Long => Same,
        KqlType.Real => Map.OfMaybe<double, long>(ScalarValues.ToLong),
        KqlType.String => Map.OfMaybe<string, long>(ScalarValues.ToTimeSpan),
        KqlType.Dynamic => Map.OfMaybe<object, long>(ScalarValues.ToTimeSpan),
        _ => Nothing,
    };

    private static ScalarKernel ToGuid(KqlType from) => from switch
    {
        KqlType.String => Map.OfMaybe<string, Guid>(ScalarValues.ToGuid),
        KqlType.Dynamic => Map.OfMaybe<object, Guid>(ScalarValues.ToGuid),
        _ => Nothing,
    };

    private static ScalarKernel ToText(KqlType from) => from switch
    {
        KqlType.Bool => Map.Of<bool, string>(ScalarValues.ToText),
        KqlType.Int or KqlType.Long => Map.Of<long, string>(ScalarValues.ToText),
        KqlType.Real => Map.Of<double, string>(ScalarValues.ToText),
        KqlType.Decimal => Map.Of<decimal, string>(ScalarValues.ToText),
        KqlType.DateTime => Map.Of<long, string>(DateTimeText.Format),
        KqlType.TimeSpan => Map.Of<long, string>(TimeSpanText.Format),
        KqlType.Guid => Map.Of<Guid, string>(ScalarValues.ToText),
        KqlType.Dynamic => Map.Of<object, string>(ScalarValues.ToText),
        _ => Nothing,
    };

    private static ScalarKernel ToDynamic(KqlType from) => from switch
    {
        KqlType.Bool => Map.Of<bool, object>(v => v),
        KqlType.Int or KqlType.Long => Map.Of<long, object>(v => v),
        KqlType.Real => Map.Of<double, object>(v => v),
        KqlType.Decimal => Map.Of<decimal, object>(v => v),
        KqlType.DateTime => Map.Of<long, object>(v => new DateTime(v, DateTimeKind.Utc)),
        KqlType.TimeSpan => Map.Of<long, object>(v => new TimeSpan(v)),
        KqlType.Guid => Map.Of<Guid, object>(v => v),
        KqlType.String => Map.Of<string, object>(v => v),
        _ => Nothing,
    };

    /// <summary>For types with one in-memory form.</summary>
    private sealed class SameForm : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length) =>
            arguments[0].Type == site.ResultType ? arguments[0] : arguments[0].WithType(site.ResultType);
    }

    /// <summary>For types without any counterpart.</summary>
    private sealed class AlwaysNull : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length) =>
            Constants.Create(site.ResultType, null, length);
    }
}
