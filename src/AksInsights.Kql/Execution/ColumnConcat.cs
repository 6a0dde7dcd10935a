using System.Diagnostics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution;

/// <summary>Puts columns of one type one after another.</summary>
internal static class ColumnConcat
{
    public static Column Concat(Column[] parts) => parts.Length == 1 ? parts[0] : parts[0].Type switch
    {
        KqlType.Bool => Flat<bool>(parts),
        KqlType.Int or KqlType.Long or KqlType.DateTime or KqlType.TimeSpan => Flat<long>(parts),
        KqlType.Real => Flat<double>(parts),
        KqlType.Decimal => Flat<decimal>(parts),
        KqlType.Guid => Flat<Guid>(parts),
        KqlType.String => Array.Exists(parts, p => p is CodedColumn<string>) ? Coded(parts) : Flat<string>(parts),
        KqlType.Dynamic or KqlType.Error => SamePool(parts) ?? (Column)Flat<object>(parts),
        _ => throw new UnreachableException($"KqlType {parts[0].Type}"),
    };

    private static FlatColumn<T> Flat<T>(Column[] parts)
    {
        var values = new T[parts.Sum(p => p.Length)];
        bool[]? nulls = null;
        var position = 0;
        foreach (var part in parts)
        {
            var column = (Column<T>)part;
            column.Flatten().CopyTo(values.AsSpan(position));
            var mask = column.FlattenNulls();
            if (!mask.IsEmpty) mask.CopyTo((nulls ??= new bool[values.Length]).AsSpan(position));
            position += part.Length;
        }

        return new FlatColumn<T>(parts[0].Type, values, nulls);
    }

    private static CodedColumn<object>? SamePool(Column[] parts)
    {
        if (parts[0] is not CodedColumn<object> first) return null;
        if (!Array.TrueForAll(parts, p => p is CodedColumn<object> coded && ReferenceEquals(coded.Pool, first.Pool))) return null;
        return new CodedColumn<object>(first.Type, JoinCodes<object>(parts), first.Pool);
    }

    private static int[] JoinCodes<T>(Column[] parts)
        where T : notnull
    {
        var codes = new int[parts.Sum(p => p.Length)];
        var position = 0;
        foreach (var part in parts)
        {
            ((CodedColumn<T>)part).Codes.CopyTo(codes.AsSpan(position));
            position += part.Length;
        }

        return codes;
    }

    private static CodedColumn<string> Coded(Column[] parts)
    {
        if (parts[0] is CodedColumn<string> first && Array.TrueForAll(parts, p => p is CodedColumn<string> c && ReferenceEquals(c.Pool, first.Pool)))
            return new CodedColumn<string>(KqlType.String, JoinCodes<string>(parts), first.Pool);
        var keys = new TextKeys();
        var codes = new int[parts.Sum(p => p.Length)];
        var position = 0;
        foreach (var part in parts)
        {
            keys.Encode(part, codes.AsSpan(position, part.Length));
            position += part.Length;
        }

        return new CodedColumn<string>(KqlType.String, codes, keys.ToPool());
    }
}
