using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Windows;

/// <summary>Grouping rows that are near each other in time.</summary>
internal static class Sessions
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("row_window_session", FunctionKind.Window, "The time at which the row's session began: a new one begins at a distance from its first or from the previous row, after a null, and where a condition is true.", "row_window_session(TimeGenerated, 1h, 5m, ClientIP != prev(ClientIP))", "row-window-session-function")
        {
            Signatures =
            [
                new(
                    [
                        new Parameter("expr", TypeSet.DateTime),
                        new Parameter("maxDistanceFromFirst", TypeSet.TimeSpan),
                        new Parameter("maxDistanceBetweenNeighbors", TypeSet.TimeSpan),
                        Parameter.Bool("restart").Optional(),
                    ],
                    KqlType.DateTime)
                {
                    Kernel = _ => new Session(),
                },
            ],
        },
    ];

    private sealed class Session : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            var times = ((Column<long>)arguments[0]).Read();
            var fromFirst = ((Column<long>)arguments[1]).Read();
            var fromPrevious = ((Column<long>)arguments[2]).Read();
            var restarts = arguments.Length > 3 ? ((Column<bool>)arguments[3]).Flatten() : [];
            var result = new ColumnBuilder<long>(KqlType.DateTime, length);
            long? session = null;
            var previous = 0L;
            for (var row = 0; row < length; row++)
            {
                if (times.IsNull(row))
                {
                    session = null;
                    result.AddNull();
                    continue;
                }

                var time = times[row];
                if (session is not { } first || IsFar(time - first, fromFirst, row) || IsFar(time - previous, fromPrevious, row)
                    || (!restarts.IsEmpty && restarts[row]))
                {
                    session = time;
                }

                previous = time;
                result.Add(session.Value);
            }

            return result.Build();
        }

        private static bool IsFar(long distance, ColumnReader<long> limit, int row) => !limit.IsNull(row) && distance >= limit[row];
    }
}
