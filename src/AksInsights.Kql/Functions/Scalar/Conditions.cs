using System.Diagnostics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Choosing between values: iff, case and coalesce.</summary>
internal static class Conditions
{
    private static readonly Func<CallShape, KqlType> LastType = shape => shape.Types[^1];

    private static readonly Parameter Then = Parameter.Common("then") with { MayMix = true };
    private static readonly Parameter Else = Parameter.Common("else") with { MayMix = true };

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("iff", FunctionKind.Scalar, "The second argument where the first is true, else the third; null counts as false.", "iff(Count > 3, 'many', 'few')", "iff-function")
        {
            Aliases = ["iif"],
            Signatures =
            [
                new([Parameter.Bool("if"), Then, Else], LastType) { Kernel = _ => new Choose() },
            ],
        },
        new("case", FunctionKind.Scalar, "The value after the first condition that is true, else the last argument; null counts as false.", "case(x > 9, 'high', x > 3, 'middle', 'low')", "case-function")
        {
            Signatures =
            [
                new([Parameter.Bool("condition"), Then, Else], LastType)
                {
                    Repeats = true, RepeatCount = 2, AfterRepeat = 1, Kernel = _ => new Choose(),
                },
            ],
        },
        new("coalesce", FunctionKind.Scalar, "The first argument that is not null (for text: not empty).", "coalesce(LastSeen, TimeGenerated)", "coalesce-function")
        {
            Signatures = [new([Parameter.Common("value")], LastType) { Repeats = true, Kernel = _ => new FirstPresent() }],
        },
    ];

    /// <summary>Copies, for each row, the cell of one of several columns of one type.</summary>
    private static Column Pick(CallSite site, ReadOnlySpan<int> choice, Column[] options) => site.ResultType switch
    {
        KqlType.Bool => Pick<bool>(site, choice, options),
        KqlType.Int or KqlType.Long or KqlType.DateTime or KqlType.TimeSpan => Pick<long>(site, choice, options),
        KqlType.Real => Pick<double>(site, choice, options),
        KqlType.Decimal => Pick<decimal>(site, choice, options),
        KqlType.Guid => Pick<Guid>(site, choice, options),
        KqlType.String => PickText(site, choice, options),
        KqlType.Dynamic or KqlType.Error => Pick<object>(site, choice, options),
        _ => throw new UnreachableException($"KqlType {site.ResultType}"),
    };

    private static FlatColumn<T> Pick<T>(CallSite site, ReadOnlySpan<int> choice, Column[] options)
    {
        var readers = Array.ConvertAll(options, option => ((Column<T>)option).Read());
        var values = ChunkBuffers.Take<T>(site.Buffers, choice.Length);
        bool[]? nulls = null;
        for (var i = 0; i < choice.Length; i++)
        {
            ref readonly var reader = ref readers[choice[i]];
            values[i] = reader[i];
            if (typeof(T) != typeof(object) && typeof(T) != typeof(string) && reader.IsNull(i))
                (nulls ??= ChunkBuffers.TakeCleared<bool>(site.Buffers, choice.Length))[i] = true;
        }

        return new FlatColumn<T>(site.ResultType, values, nulls, 0, choice.Length);
    }

    private static Column PickText(CallSite site, ReadOnlySpan<int> choice, Column[] options)
    {
        if (!Array.TrueForAll(options, option => option is ConstantColumn<string>)) return Pick<string>(site, choice, options);
        var texts = Array.ConvertAll(options, option => (string?)((ConstantColumn<string>)option).Value);
        // One pool for all chunks, so that what is known of its codes stays known.
        if (site.Cache is not Pool<string> pool || !pool.Values.AsSpan().SequenceEqual(texts)) site.Cache = pool = new Pool<string>(texts, texts.Length, isUnique: false);
        return new CodedColumn<string>(KqlType.String, choice.ToArray(), pool);
    }

    /// <summary>Arguments: condition, value, condition, value, ..., value.</summary>
    private sealed class Choose : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            var conditions = arguments.Length / 2;
            var choice = new int[length];
            Array.Fill(choice, conditions);
            for (var c = conditions - 1; c >= 0; c--)
            {
                var condition = ((Column<bool>)arguments[2 * c]).Read();
                for (var i = 0; i < length; i++)
                {
                    if (condition[i] && !condition.IsNull(i)) choice[i] = c;
                }
            }

            var options = new Column[conditions + 1];
            for (var c = 0; c < conditions; c++) options[c] = arguments[(2 * c) + 1];
            options[conditions] = arguments[^1];
            return Pick(site, choice, options);
        }
    }

    private sealed class FirstPresent : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            if (!arguments[0].MayHaveNulls && site.ResultType != KqlType.String) return arguments[0];
            var choice = new int[length];
            for (var i = 0; i < length; i++)
            {
                var option = 0;
                while (option < arguments.Length - 1 && IsAbsent(arguments[option], i)) option++;
                choice[i] = option;
            }

            return Pick(site, choice, arguments);
        }

        private static bool IsAbsent(Column column, int row) =>
            column is Column<string> text ? text.Read()[row].Length == 0 : column.IsNull(row);
    }
}
