using System.Globalization;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

public sealed partial class SyntaxPrinter
{
    private void Append(LiteralSyntax literal)
    {
        var text = literal.Value is null && literal.Type != KqlType.Dynamic
            ? $"{literal.Type.Name()}(null)"
            : (literal.Type, literal.Value) switch
            {
                (KqlType.Bool, true) => "true",
                (KqlType.Bool, _) => "false",
                (KqlType.Int, long number) => Typed("int", number.ToString(CultureInfo.InvariantCulture)),
                (KqlType.Long, long number and >= 0) => number.ToString(CultureInfo.InvariantCulture),
                (KqlType.Long, long number) => Typed("long", number.ToString(CultureInfo.InvariantCulture)),
                (KqlType.Real, double real) => Real(real),
                (KqlType.Decimal, decimal exact) => Typed("decimal", exact.ToString(CultureInfo.InvariantCulture)),
                (KqlType.DateTime, long ticks) => Typed("datetime", DateTimeText.Format(ticks)),
                (KqlType.TimeSpan, long ticks) => Length(ticks),
                (KqlType.Guid, Guid id) => Typed("guid", id.ToString()),
                (KqlType.String, string value) => StringText.Quote(value),
                (KqlType.Dynamic, _) => null,
                _ => throw new InvalidOperationException($"A {literal.Type.Name()} literal never holds a {literal.Value?.GetType().Name}."),
            };
        if (text is not null)
        {
            Append(text);
            return;
        }

        Append("dynamic(");
        AppendDynamic(literal.Value);
        Append(")");
    }

    private static string Typed(string type, string inside) => $"{type}({inside})";

    private static string Real(double real)
    {
        if (double.IsFinite(real))
            return double.IsNegative(real) ? Typed("real", NumberText.FormatReal(real)) : NumberText.FormatReal(real);
        return double.IsNaN(real) ? "real(nan)" : real > 0 ? "real(inf)" : "real(-inf)";
    }

    /// <summary>A length of time by its largest unit that divides it, such as <c>90m</c>.</summary>
    private static string Length(long ticks)
    {
        if (ticks <= 0)
            return Typed("timespan", TimeSpanText.Format(ticks));
        var (perUnit, unit) = ticks switch
        {
            _ when ticks % TimeSpan.TicksPerDay == 0 => (TimeSpan.TicksPerDay, "d"),
            _ when ticks % TimeSpan.TicksPerHour == 0 => (TimeSpan.TicksPerHour, "h"),
            _ when ticks % TimeSpan.TicksPerMinute == 0 => (TimeSpan.TicksPerMinute, "m"),
            _ when ticks % TimeSpan.TicksPerSecond == 0 => (TimeSpan.TicksPerSecond, "s"),
            _ when ticks % TimeSpan.TicksPerMillisecond == 0 => (TimeSpan.TicksPerMillisecond, "ms"),
            _ when ticks % TimeSpan.TicksPerMicrosecond == 0 => (TimeSpan.TicksPerMicrosecond, "microsecond"),
            _ => (1, "tick"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{ticks / perUnit}{unit}");
    }

    // Unlike JSON, a dynamic literal can tell dates, lengths of time and the other types from strings.
    private void AppendDynamic(object? value)
    {
        switch (value)
        {
            case DynamicArray array:
                Append("[");
                AppendList(array, AppendDynamic);
                Append("]");
                break;
            case DynamicBag bag:
                Append("{");
                AppendList([.. bag], property =>
                {
                    Append(StringText.Quote(property.Key)).Append(": ");
                    AppendDynamic(property.Value);
                });
                Append("}");
                break;
            case DateTime instant:
                Append(Typed("datetime", DateTimeText.Format(instant.Ticks)));
                break;
            case TimeSpan length:
                Append(Typed("timespan", TimeSpanText.Format(length.Ticks)));
                break;
            case Guid id:
                Append(Typed("guid", id.ToString()));
                break;
            case decimal exact:
                Append(Typed("decimal", exact.ToString(CultureInfo.InvariantCulture)));
                break;
            case double real when !double.IsFinite(real):
                Append(Real(real));
                break;
            case string text:
                Append(StringText.Quote(text));
                break;
            default:
                DynamicText.Append(_text, value);
                break;
        }
    }
}
