using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Whether there is a value at all. These functions see nulls and never give one.</summary>
internal static class Emptiness
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Test("isempty", [], "Whether a text is empty, or a value of another type null.", "isempty('')", emptyText: true,
            negate: false),
        Test("isnotempty", ["notempty"], "Whether a text is not empty, or a value of another type not null.", "isnotempty('a')",
            emptyText: true, negate: true),
        Test("isnull", [], "Whether a value is null; a text never is.", "isnull(int(null))", emptyText: false, negate: false),
        Test("isnotnull", ["notnull"], "Whether a value is not null; a text never is.", "isnotnull(1)", emptyText: false,
            negate: true),
    ];

    private static FunctionEntry Test(string name, IReadOnlyList<string> aliases, string description, string example, bool emptyText, bool negate) =>
        new(name, FunctionKind.Scalar, description, example, $"{name}-function")
        {
            Aliases = aliases,
            Signatures = [new([Parameter.Any("value")], KqlType.Bool) { Kernel = _ => new EmptinessKernel(emptyText, negate) }],
        };

    private sealed class EmptinessKernel(bool emptyText, bool negate) : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length) => arguments[0] switch
        {
            Column<string> text when !emptyText => Constants.Create(KqlType.Bool, negate, text.Length),
            Column<string> text => Map.Of<string, bool>(t => t.Length == 0 != negate).Evaluate(site, [text], length),
            Column<object> dynamic => OfDynamic(dynamic, length),
            { MayHaveNulls: false } column => Constants.Create(KqlType.Bool, negate, column.Length),
            var column => OfNulls(column, length),
        };

        private Column OfDynamic(Column<object> column, int length)
        {
            if (column is ConstantColumn<object> constant) return Constants.Create(KqlType.Bool, IsEmpty(constant.Value) != negate, length);
            var reader = column.Read();
            var result = new bool[length];
            for (var i = 0; i < length; i++) result[i] = IsEmpty(reader[i]) != negate;
            return new FlatColumn<bool>(KqlType.Bool, result);
        }

        private bool IsEmpty(object? value) => value is null || (emptyText && value is "");

        private Column OfNulls(Column column, int length)
        {
            if (Map.IsConstant(column)) return Constants.Create(KqlType.Bool, column.IsNull(0) != negate, length);
            var nulls = column switch
            {
                Column<long> numbers => numbers.FlattenNulls(),
                Column<double> reals => reals.FlattenNulls(),
                Column<decimal> decimals => decimals.FlattenNulls(),
                Column<bool> truths => truths.FlattenNulls(),
                Column<Guid> ids => ids.FlattenNulls(),
                _ => throw new System.Diagnostics.UnreachableException($"A column of {column.Type} has no known form."),
            };
            var result = new bool[length];
            for (var i = 0; i < length; i++) result[i] = nulls[i] != negate;
            return new FlatColumn<bool>(KqlType.Bool, result);
        }
    }
}
