using System.Diagnostics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Operators;

/// <summary>in, !in, in~ and !in~ against a fixed set of values of the operand's type: an OR of ==, so that a null passes !in.</summary>
internal static class Membership
{
    /// <summary>A kernel of one argument.</summary>
    /// <param name="type">The argument's type.</param>
    /// <param name="items">The set, in in-memory form; nulls match nothing.</param>
    /// <param name="negated">For the ! forms.</param>
    /// <param name="ignoreCase">For the ~ forms; text only.</param>
    public static ScalarKernel Kernel(KqlType type, IEnumerable<object?> items, bool negated, bool ignoreCase) => type switch
    {
        KqlType.String => Of(items, negated, ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal),
        KqlType.Bool => Of<bool>(items, negated, null),
        KqlType.Real => Of<double>(items, negated, null),
        KqlType.Decimal => Of<decimal>(items, negated, null),
        KqlType.Guid => Of<Guid>(items, negated, null),
        KqlType.Int or KqlType.Long or KqlType.DateTime or KqlType.TimeSpan => Of<long>(items, negated, null),
        KqlType.Dynamic or KqlType.Error => OfDynamic(items, negated, ignoreCase),
        _ => throw new UnreachableException($"KqlType {type}"),
    };

    private static InSet<T> Of<T>(IEnumerable<object?> items, bool negated, IEqualityComparer<T>? comparer)
    {
        var set = new HashSet<T>(comparer);
        foreach (var item in items)
        {
            if (item is T value) set.Add(value);
        }

        return new InSet<T>(set.Contains, negated);
    }

    private static InSet<object> OfDynamic(IEnumerable<object?> items, bool negated, bool ignoreCase)
    {
        var texts = new HashSet<string>(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item is not null) texts.Add(TextOf(item));
        }

        return new InSet<object>(value => texts.Contains(TextOf(value)), negated);
    }

    // A number in a dynamic equals the same number written another way; text equals text.
    private static string TextOf(object value) =>
        value is string text ? text : DynamicOrder.TryNumber(value, out var number) ? NumberText.FormatReal(number) : DynamicText.Format(value);

    private sealed class InSet<T>(Func<T, bool> contains, bool negated) : ScalarKernel, IRowTest
    {
        private readonly Map1<T, bool> _map = new(value => contains(value) != negated);

        public bool IsQuick => true;

        public void Test(CallSite site, Column[] arguments, int length, Span<ulong> mask)
        {
            // Nulls in a column of texts or dynamics are rare enough to be read one by one.
            if (negated && arguments[0].MayHaveNulls) RowMask.Of((Column<bool>)Evaluate(site, arguments, length), mask);
            else _map.Test(site, arguments, length, mask);
        }

        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            var result = (Column<bool>)_map.Evaluate(site, arguments, length);
            if (!result.MayHaveNulls) return result;
            var values = result.Flatten().ToArray();
            var nulls = result.FlattenNulls();
            for (var i = 0; i < nulls.Length; i++)
            {
                if (nulls[i]) values[i] = negated;
            }

            return new FlatColumn<bool>(KqlType.Bool, values);
        }
    }
}
