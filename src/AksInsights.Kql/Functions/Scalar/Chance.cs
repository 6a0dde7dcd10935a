using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Random numbers.</summary>
internal static class Chance
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("rand", FunctionKind.Scalar, "A random real from 0 up to but not including 1, or a random whole number below N (0 to N - 1) as a real; null when N is not positive.",
            "rand(1000)", "rand-function")
        {
            Deterministic = false,
            KeepsName = true,
            Signatures =
            [
                new([], KqlType.Real) { Kernel = _ => new RandomKernel() },
                new([Parameter.Long("N")], KqlType.Real) { Kernel = _ => new RandomKernel() },
            ],
        },
    ];

    // A number per row, also where all arguments are constant.
    private sealed class RandomKernel : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            var limits = arguments.Length > 0 ? ((Column<long>)arguments[0]).Read() : default;
            var result = new Map.Result<double>(site, length);
            for (var i = 0; i < length; i++)
            {
                if (arguments.Length == 0) result.Set(i, Random.Shared.NextDouble());
                else if (limits.IsNull(i) || limits[i] <= 0) result.SetNull(i);
                else result.Set(i, Random.Shared.NextInt64(limits[i]));
            }

            return result.Build(site.ResultType);
        }
    }
}
