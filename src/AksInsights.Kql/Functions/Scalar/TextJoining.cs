using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Texts put together.</summary>
internal static class TextJoining
{
    // The reference's limit for the number of repetitions.
    private const long MaxRepetitions = 1024;

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("strcat", FunctionKind.Scalar, "The arguments' texts, one behind the other; null adds nothing.",
            "strcat('a', 1, true)", "strcat-function")
        {
            Signatures =
            [
                new([TextParameters.AnyAsText("argument")], KqlType.String)
                {
                    Repeats = true,
                    Kernel = _ => new JoinKernel(hasDelimiter: false),
                },
            ],
        },
        new("strcat_delim", FunctionKind.Scalar, "The texts of all arguments but the first, with the first between them.",
            "strcat_delim('-', 1, '2', 'A', 1s)", "strcat-delim-function")
        {
            Signatures =
            [
                new([TextParameters.AnyAsText("delimiter"), TextParameters.AnyAsText("argument")], KqlType.String)
                {
                    Repeats = true,
                    Kernel = _ => new JoinKernel(hasDelimiter: true),
                },
            ],
        },
        new("strcat_array", FunctionKind.Scalar,
            "The texts of an array's items with a delimiter between them; null for what is no array.",
            "strcat_array(dynamic([1, 2, 3]), '->')", "strcat-array-function")
        {
            Aliases = ["array_strcat"],
            Signatures =
            [
                new([Parameter.Dynamic("array"), TextParameters.AnyAsText("delimiter")], KqlType.String)
                {
                    Kernel = _ => Map.OfMaybe<object, string, string>(JoinItems),
                },
            ],
        },
        new("strrep", FunctionKind.Scalar, "A text repeated, at most 1024 times, with an optional delimiter between the copies.",
            "strrep('ABC', 2)", "strrep-function")
        {
            Signatures =
            [
                new([TextParameters.AnyAsText("value"), Parameter.Long("multiplier"), TextParameters.AnyAsText("delimiter").Optional()],
                    KqlType.String)
                {
                    Kernel = _ => new MapMany<string>(Repeat),
                },
            ],
        },
    ];

    private static Maybe<string> JoinItems(object value, string delimiter)
    {
        if (value is not DynamicArray array) return Maybe<string>.Null;
        var texts = new string[array.Count];
        for (var i = 0; i < texts.Length; i++) texts[i] = array[i] is { } item ? ScalarValues.ToText(item) : "";
        return string.Join(delimiter, texts);
    }

    private static Maybe<string> Repeat(object[] row)
    {
        var count = (int)Math.Clamp((long)row[1], 0, MaxRepetitions);
        var delimiter = row.Length > 2 ? (string)row[2] : "";
        return string.Join(delimiter, Enumerable.Repeat((string)row[0], count));
    }

    /// <summary>Puts texts together row by row; per distinct value where a single argument varies.</summary>
    private sealed class JoinKernel(bool hasDelimiter) : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            var parts = new string[arguments.Length];
            var varying = new List<int>(arguments.Length);
            for (var i = 0; i < parts.Length; i++)
            {
                if (arguments[i] is ConstantColumn<string> constant) parts[i] = constant.Value;
                else varying.Add(i);
            }

            if (varying.Count == 0) return Constants.Create(KqlType.String, Join(parts), length);
            if (varying.Count > 1) return OverRows(site, arguments, parts, varying, length);
            var only = varying[0];
            return new Map1<string, string>(Apply).Evaluate(site, [arguments[only]], length);

            Maybe<string> Apply(string text)
            {
                parts[only] = text;
                return Join(parts);
            }
        }

        private string Join(string[] parts) => hasDelimiter
            ? string.Join(parts[0], parts.AsSpan(1))
            : string.Concat(parts.AsSpan());

        private FlatColumn<string> OverRows(CallSite site, Column[] arguments, string[] parts, List<int> varying, int length)
        {
            var readers = new ColumnReader<string>[varying.Count];
            for (var v = 0; v < readers.Length; v++) readers[v] = ((Column<string>)arguments[varying[v]]).Read();
            var result = new string[length];
            for (var row = 0; row < length; row++)
            {
                if ((row & 0xFFFF) == 0) site.Cancellation.ThrowIfCancellationRequested();
                for (var v = 0; v < readers.Length; v++) parts[varying[v]] = readers[v][row];
                result[row] = Join(parts);
            }

            return new FlatColumn<string>(KqlType.String, result);
        }
    }
}
