using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions;

/// <summary>Applies a function of any number of arguments, boxed and in in-memory form; null in any of them gives null.</summary>
/// <remarks>Computed once if all arguments are constant, and once per distinct value if only one varies and repeats.</remarks>
internal sealed class MapMany<TR>(Func<object[], Maybe<TR>> function) : ScalarKernel
{
    public override Column Evaluate(CallSite site, Column[] arguments, int length)
    {
        var row = new object[arguments.Length];
        var varying = -1;
        var varyingCount = 0;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!Map.IsConstant(arguments[i]))
            {
                varying = i;
                varyingCount++;
            }
            else if (arguments[i].Box(0) is { } value)
            {
                row[i] = value;
            }
            else
            {
                return Constants.Create(site.ResultType, null, length);
            }
        }

        return varyingCount switch
        {
            0 => Fold(site, row, length),
            1 => OverOne(site, arguments[varying], row, varying, length),
            _ => OverRows(site, arguments, row, length),
        };
    }

    private Column Fold(CallSite site, object[] row, int length)
    {
        var value = function(row);
        return Constants.Create(site.ResultType, value.HasValue ? value.Value : null, length);
    }

    private Column OverOne(CallSite site, Column column, object[] row, int index, int length)
    {
        Maybe<TR> Apply(object value)
        {
            row[index] = value;
            return function(row);
        }

        ScalarKernel kernel = column.Type switch
        {
            KqlType.String => new Map1<string, TR>(Apply),
            KqlType.Dynamic => new Map1<object, TR>(Apply),
            _ => new OneBoxed(Apply),
        };
        return kernel.Evaluate(site, [column], length);
    }

    private Column OverRows(CallSite site, Column[] arguments, object[] row, int length)
    {
        var result = new Map.Result<TR>(site, length);
        for (var i = 0; i < length; i++)
        {
            if ((i & 1023) == 0) site.Cancellation.ThrowIfCancellationRequested();
            if (Fill(row, arguments, i)) result.Set(i, function(row));
            else result.SetNull(i);
        }

        return result.Build(site.ResultType);
    }

    private static bool Fill(object[] row, Column[] arguments, int index)
    {
        for (var a = 0; a < row.Length; a++)
        {
            if (arguments[a].Box(index) is not { } value) return false;
            row[a] = value;
        }

        return true;
    }

    /// <summary>One argument of a type that is never coded.</summary>
    private sealed class OneBoxed(Func<object, Maybe<TR>> apply) : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            var result = new Map.Result<TR>(site, length);
            for (var i = 0; i < length; i++)
            {
                if (arguments[0].Box(i) is { } value) result.Set(i, apply(value));
                else result.SetNull(i);
            }

            return result.Build(site.ResultType);
        }
    }
}
