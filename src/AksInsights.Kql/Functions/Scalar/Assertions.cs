using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Conditions that a query's author takes for granted.</summary>
internal static class Assertions
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("assert", FunctionKind.Scalar, "True where a constant condition is; where it is not, the query fails with the message.",
            "assert(1 < 2, 'One is less than two')", "assert-function")
        {
            Signatures =
            [
                new([Parameter.Bool("condition").Constant(), Parameter.Text("message").Constant()], KqlType.Bool) { Kernel = _ => Map.OfRow(Check) },
            ],
        },
    ];

    private static object Check(object?[] row) =>
        row[0] is true ? true : throw new CallFailedException($"assert() has failed with message: '{row[1]}'.");
}
