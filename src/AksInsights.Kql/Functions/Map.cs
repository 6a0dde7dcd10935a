using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions;

/// <summary>Makes kernels from functions of one row: null in any argument gives null, and text that repeats is computed once per distinct value.</summary>
/// <remarks>The in-memory forms are those of <see cref="KqlType"/>: <c>long</c> for int, long, datetime and timespan; <c>object</c> for dynamic.</remarks>
public static class Map
{
    /// <summary>A kernel of a function that always has a value.</summary>
    public static ScalarKernel Of<TA, TR>(Func<TA, TR> function) => new Map1<TA, TR>(a => function(a));

    /// <summary>A kernel of a function that may give null.</summary>
    public static ScalarKernel OfMaybe<TA, TR>(Func<TA, Maybe<TR>> function) => new Map1<TA, TR>(function);

    /// <summary>A kernel of a function that always has a value.</summary>
    public static ScalarKernel Of<TA, TB, TR>(Func<TA, TB, TR> function) => new Map2<TA, TB, TR>((a, b) => function(a, b));

    /// <summary>A kernel of a function that may give null.</summary>
    public static ScalarKernel OfMaybe<TA, TB, TR>(Func<TA, TB, Maybe<TR>> function) => new Map2<TA, TB, TR>(function);

    /// <summary>A kernel of a function that always has a value.</summary>
    public static ScalarKernel Of<TA, TB, TC, TR>(Func<TA, TB, TC, TR> function) => new Map3<TA, TB, TC, TR>((a, b, c) => function(a, b, c));

    /// <summary>A kernel of a function that may give null.</summary>
    public static ScalarKernel OfMaybe<TA, TB, TC, TR>(Func<TA, TB, TC, Maybe<TR>> function) => new Map3<TA, TB, TC, TR>(function);

    /// <summary>A kernel of a function that sees each row's arguments boxed, nulls included, in in-memory form. For rare functions with many shapes.</summary>
    public static ScalarKernel OfRow(Func<object?[], object?> function) => new MapRow((_, row) => function(row));

    /// <summary>As <see cref="OfRow(Func{object?[], object?})"/>, with the call site.</summary>
    public static ScalarKernel OfRow(Func<CallSite, object?[], object?> function) => new MapRow(function);

    /// <summary>A flat result column under construction.</summary>
    /// <param name="site">The call; says where the column is made.</param>
    /// <param name="length">The number of rows; every one of them must be set.</param>
    internal struct Result<T>(CallSite site, int length)
    {
        private readonly T[] _values = ChunkBuffers.Take<T>(site.Buffers, length);
        private bool[]? _nulls;

        public void Set(int row, Maybe<T> value)
        {
            if (value.HasValue) _values[row] = value.Value;
            else SetNull(row);
        }

        public void SetNull(int row)
        {
            _values[row] = typeof(T) == typeof(string) ? (T)(object)"" : default!;
            if (typeof(T) != typeof(string) && typeof(T) != typeof(object)) (_nulls ??= ChunkBuffers.TakeCleared<bool>(site.Buffers, length))[row] = true;
        }

        public readonly Column Build(KqlType type) => new FlatColumn<T>(type, _values, _nulls, 0, length);
    }

    private sealed class MapRow(Func<CallSite, object?[], object?> function) : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            var constant = arguments.All(a => a.Length > 0 && IsConstant(a));
            var rows = constant ? 1 : length;
            var builder = ColumnBuilder.Create(site.ResultType, rows);
            var row = new object?[arguments.Length];
            for (var i = 0; i < rows; i++)
            {
                if ((i & 1023) == 0) site.Cancellation.ThrowIfCancellationRequested();
                for (var a = 0; a < row.Length; a++) row[a] = arguments[a].Box(i);
                builder.AddBoxed(function(site, row));
            }

            return constant ? Constants.Create(site.ResultType, builder.Build().Box(0), length) : builder.Build();
        }
    }

    /// <summary>Whether every row of the column is one value.</summary>
    internal static bool IsConstant(Column column) => column.GetType() is { IsGenericType: true } type
        && type.GetGenericTypeDefinition() == typeof(ConstantColumn<>);
}
