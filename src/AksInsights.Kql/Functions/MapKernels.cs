using AksInsights.Kql.Columns;

namespace AksInsights.Kql.Functions;

/// <summary>A function of one argument over any encoding.</summary>
internal sealed class Map1<TA, TR>(Func<TA, Maybe<TR>> function) : ScalarKernel, IRowTest
{
    public bool IsQuick => false;

    public void Test(CallSite site, Column[] arguments, int length, Span<ulong> mask)
    {
        if (arguments[0] is CodedColumn<string> text) PoolTest<string>.Test(site, text, (Func<string, Maybe<bool>>)(object)function, mask);
        else if (arguments[0] is CodedColumn<object> dynamic) PoolTest<object>.Test(site, dynamic, (Func<object, Maybe<bool>>)(object)function, mask);
        else RowMask.Of((Column<bool>)Evaluate(site, arguments, length), mask);
    }

    public override Column Evaluate(CallSite site, Column[] arguments, int length)
    {
        if (arguments[0] is ConstantColumn<TA> constant) return Fold(site, constant, length);
        if (typeof(TA) == typeof(string) && arguments[0] is CodedColumn<string> text)
            return PoolMap<string, TR>.Apply(site, text, (Func<string, Maybe<TR>>)(object)function);
        if (typeof(TA) == typeof(object) && arguments[0] is CodedColumn<object> dynamic)
            return PoolMap<object, TR>.Apply(site, dynamic, (Func<object, Maybe<TR>>)(object)function);
        var a = ((Column<TA>)arguments[0]).Read();
        var result = new Map.Result<TR>(site, length);
        for (var i = 0; i < length; i++)
        {
            if (a.IsNull(i)) result.SetNull(i);
            else result.Set(i, function(a[i]));
        }

        return result.Build(site.ResultType);
    }

    private Column Fold(CallSite site, ConstantColumn<TA> constant, int length)
    {
        var value = constant.IsAllNull ? Maybe<TR>.Null : function(constant.Value);
        return Constants.Create(site.ResultType, value.HasValue ? value.Value : null, length);
    }
}

/// <summary>A function of two arguments; computed per distinct value where one side is constant.</summary>
internal sealed class Map2<TA, TB, TR>(Func<TA, TB, Maybe<TR>> function) : ScalarKernel, IRowTest
{
    public bool IsQuick => false;

    public void Test(CallSite site, Column[] arguments, int length, Span<ulong> mask)
    {
        if (arguments[1] is ConstantColumn<TB> { IsAllNull: false } second) WithSecond(second.Value).Test(site, [arguments[0]], length, mask);
        else if (arguments[0] is ConstantColumn<TA> { IsAllNull: false } first) WithFirst(first.Value).Test(site, [arguments[1]], length, mask);
        else RowMask.Of((Column<bool>)Evaluate(site, arguments, length), mask);
    }

    public override Column Evaluate(CallSite site, Column[] arguments, int length)
    {
        if (arguments[1] is ConstantColumn<TB> { IsAllNull: false } second) return WithSecond(second.Value).Evaluate(site, [arguments[0]], length);
        if (arguments[0] is ConstantColumn<TA> { IsAllNull: false } first) return WithFirst(first.Value).Evaluate(site, [arguments[1]], length);
        var left = ((Column<TA>)arguments[0]).Read();
        var right = ((Column<TB>)arguments[1]).Read();
        var result = new Map.Result<TR>(site, length);
        for (var i = 0; i < length; i++)
        {
            if (left.IsNull(i) || right.IsNull(i)) result.SetNull(i);
            else result.Set(i, function(left[i], right[i]));
        }

        return result.Build(site.ResultType);
    }

    private Map1<TA, TR> WithSecond(TB second) => new(first => function(first, second));

    private Map1<TB, TR> WithFirst(TA first) => new(second => function(first, second));
}

/// <summary>A function of three arguments; computed per distinct value where the last two are constant.</summary>
internal sealed class Map3<TA, TB, TC, TR>(Func<TA, TB, TC, Maybe<TR>> function) : ScalarKernel
{
    public override Column Evaluate(CallSite site, Column[] arguments, int length)
    {
        if (arguments[2] is ConstantColumn<TC> { IsAllNull: false } third)
        {
            var c = third.Value;
            return new Map2<TA, TB, TR>((x, y) => function(x, y, c)).Evaluate(site, [arguments[0], arguments[1]], length);
        }

        var first = ((Column<TA>)arguments[0]).Read();
        var second = ((Column<TB>)arguments[1]).Read();
        var last = ((Column<TC>)arguments[2]).Read();
        var result = new Map.Result<TR>(site, length);
        for (var i = 0; i < length; i++)
        {
            if (first.IsNull(i) || second.IsNull(i) || last.IsNull(i)) result.SetNull(i);
            else result.Set(i, function(first[i], second[i], last[i]));
        }

        return result.Build(site.ResultType);
    }
}

/// <summary>Applies a function once per distinct value of a coded column, as the codes turn up.</summary>
internal sealed class PoolMap<TIn, TR>
    where TIn : notnull
{
    private readonly Pool<TIn> _source;
    private readonly TR?[] _values;
    private readonly bool[] _known;
    private readonly bool[] _nulls;
    private object? _resultPool;
    private bool _hasNulls;

    private PoolMap(Pool<TIn> source)
    {
        _source = source;
        _values = new TR?[source.Count];
        _known = new bool[source.Count];
        _nulls = new bool[source.Count];
    }

    public static Column Apply(CallSite site, CodedColumn<TIn> column, Func<TIn, Maybe<TR>> function)
    {
        if (site.Cache is not PoolMap<TIn, TR> map || !ReferenceEquals(map._source, column.Pool))
        {
            // What is known belongs to one pool; the next pool starts anew.
            map = new PoolMap<TIn, TR>(column.Pool);
            site.Cache = map;
        }

        map.Compute(column.Codes, function);
        if (typeof(TR) == typeof(string)) return map.Coded<string>(site, column);
        if (typeof(TR) == typeof(object)) return map.Coded<object>(site, column);
        return map.Flat(site, column.Codes);
    }

    private void Compute(ReadOnlySpan<int> codes, Func<TIn, Maybe<TR>> function)
    {
        foreach (var code in codes)
        {
            if (_known[code]) continue;
            _known[code] = true;
            var value = _source.Values[code] is { } known ? function(known) : Maybe<TR>.Null;
            _nulls[code] = !value.HasValue;
            _hasNulls |= !value.HasValue;
            _values[code] = value.HasValue || typeof(TR) != typeof(string) ? value.Value : (TR)(object)"";
        }
    }

    private CodedColumn<T> Coded<T>(CallSite site, CodedColumn<TIn> column)
        where T : notnull
    {
        var pool = (Pool<T>)(_resultPool ??= new Pool<T>((T?[])(object)_values, _values.Length, isUnique: false));
        return column.WithPool(site.ResultType, pool);
    }

    private FlatColumn<TR> Flat(CallSite site, ReadOnlySpan<int> codes)
    {
        var values = ChunkBuffers.Take<TR>(site.Buffers, codes.Length);
        Gathering.Pick<TR>(_values!, codes, values);
        bool[]? nulls = null;
        if (_hasNulls) Gathering.Pick(_nulls, codes, nulls = ChunkBuffers.Take<bool>(site.Buffers, codes.Length));
        return new FlatColumn<TR>(site.ResultType, values, nulls, 0, codes.Length);
    }
}
