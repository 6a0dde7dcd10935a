using System.Globalization;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;

namespace AksInsights.Tests.Evaluation;

/// <summary>A plan with nothing special about it.</summary>
internal static class Plans
{
    public const string Columns = "cluster:string namespace:string workload:string restarts:long";

    public static readonly EvaluationSchedule Schedule = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5), TimeSpan.FromHours(1));

    public static EvaluationPlan Plan { get; } = new()
    {
        Query = new QueryId("pods/crash-loop"),
        Revision = "r1",
        Bind = window => string.Create(CultureInfo.InvariantCulture, $"KubePodInventory | where TimeGenerated < datetime({window.End:O})"),
        KeyColumns = ["cluster", "namespace", "workload"],
        Measures = [new MeasureColumn("restarts", "count")],
        Severity = Severity.Error,
        Title = row => $"{row["workload"]} restarted",
        Requires = new RequiredData(["KubePodInventory"], TimeSpan.FromMinutes(15)),
        Schedule = Schedule,
        Lifecycle = LifecyclePolicy.Default(Schedule.Every),
    };
}
