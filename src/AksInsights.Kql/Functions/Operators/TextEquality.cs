using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Operators;

/// <summary>== and != on text, case sensitive: on codes where the pool's values are distinct.</summary>
internal sealed class TextEquality(bool negated) : ScalarKernel
{
    public override Column Evaluate(CallSite site, Column[] arguments, int length)
    {
        var (left, right) = ((Column<string>)arguments[0], (Column<string>)arguments[1]);
        if (left is ConstantColumn<string> && right is not ConstantColumn<string>) (left, right) = (right, left);
        var values = new bool[length];
        if (right is ConstantColumn<string> constant)
        {
            if (left is CodedColumn<string> coded) CompareCodes(site, coded, constant.Value, values);
            else CompareValues(left, constant.Value, values);
        }
        else if (left is CodedColumn<string> a && right is CodedColumn<string> b && ReferenceEquals(a.Pool, b.Pool) && a.Pool.IsUnique)
        {
            var x = a.Codes;
            var y = b.Codes;
            for (var i = 0; i < values.Length; i++) values[i] = (x[i] == y[i]) != negated;
        }
        else
        {
            var (x, y) = (left.Read(), right.Read());
            for (var i = 0; i < values.Length; i++) values[i] = (x[i] == y[i]) != negated;
        }

        return new FlatColumn<bool>(KqlType.Bool, values);
    }

    private void CompareValues(Column<string> left, string right, bool[] values)
    {
        var reader = left.Read();
        for (var i = 0; i < values.Length; i++) values[i] = (reader[i] == right) != negated;
    }

    private void CompareCodes(CallSite site, CodedColumn<string> left, string right, bool[] values)
    {
        if (!left.Pool.IsUnique)
        {
            var result = (Column<bool>)Map.Of<string, bool>(text => (text == right) != negated).Evaluate(site, [left], values.Length);
            result.Flatten().CopyTo(values);
            return;
        }

        // The code is looked up once per pool, not once per chunk.
        if (site.Cache is not Known known || !ReferenceEquals(known.Pool, left.Pool))
            site.Cache = known = new Known(left.Pool, left.Pool.Find(right));
        var codes = left.Codes;
        var code = known.Code;
        if (negated)
        {
            for (var i = 0; i < values.Length; i++) values[i] = codes[i] != code;
        }
        else
        {
            for (var i = 0; i < values.Length; i++) values[i] = codes[i] == code;
        }
    }

    private sealed record Known(Pool<string> Pool, int Code);
}
