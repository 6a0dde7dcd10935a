using AksInsights.Core.Rightsizing;

namespace AksInsights.Service.Commands;

/// <summary>Advice as a table for people.</summary>
internal static class AdviceText
{
    private const int RowsShown = 40;
    private const int NamesShown = 4;

    /// <summary>Writes it.</summary>
    /// <param name="view">The advice.</param>
    /// <param name="all">Whether every change is shown, however many there are.</param>
    /// <param name="to">Where to.</param>
    public static void Write(AdviceView view, bool all, TextWriter to)
    {
        var changes = view.Report.Changes;
        to.Write($"{view.Policy.Name}: {view.Summary()}\n");
        if (view.Backtest() is { } backtest) to.Write(backtest + "\n");
        foreach (var cluster in changes.Take(all ? int.MaxValue : RowsShown).GroupBy(c => c.Container.Cluster))
        {
            to.Write($"\n{ClusterName.Of(cluster.Key)}\n");
            AlignedText.Write(
                to,
                ["workload", "container", "CPU request", "CPU limit", "memory request", "memory limit", $"{view.Prices.Currency}/month", "trust", "on its own past"],
                cluster.Select(c => Row(c.Recommendation)));
        }

        if (!all && changes.Count > RowsShown) to.Write($"and {changes.Count - RowsShown} more; --all shows them.\n");
        if (view.Detailed) foreach (var change in changes) WriteDetails(change.Recommendation, to);
        WriteLeftAlone(view, to);
        WriteTotals(view, to);
        to.Write($"\nUsage up to {FindingJson.Time(view.ReadTo)}. Money: {view.Prices.Source}.\n");
    }

    /// <summary>Says which containers are left alone and why.</summary>
    public static void WriteLeftAlone(AdviceView view, TextWriter to)
    {
        var causes = view.LeftAlone().ToList();
        if (causes.Count > 0) to.Write("\nLeft alone\n");
        foreach (var cause in causes)
        {
            var names = cause.Select(l => $"{l.Container.Namespace}/{l.Container.Workload}").Distinct().ToList();
            var more = names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "";
            to.Write($"  {cause.Key}: {string.Join(", ", names.Take(NamesShown))}{more}\n");
            if (cause.Select(l => l.Detail).Distinct().Take(2).ToList() is [var only]) to.Write($"    {only}\n");
            else if (view.Detailed) foreach (var one in cause) to.Write($"    {one.Container}: {one.Detail}\n");
        }
    }

    private static string[] Row(Recommendation r) =>
    [
        $"{r.Container.Namespace}/{r.Container.Workload}",
        r.Container.Container,
        AdviceView.Change(r, ResourceField.CpuRequest),
        AdviceView.Change(r, ResourceField.CpuLimit),
        AdviceView.Change(r, ResourceField.MemoryRequest),
        AdviceView.Change(r, ResourceField.MemoryLimit),
        AdviceView.Money(r.MonthlySaving),
        FindingJson.Kebab(r.Confidence.Level.ToString()),
        r.Backtest?.ToString() ?? "too short to tell",
    ];

    private static void WriteDetails(Recommendation r, TextWriter to)
    {
        to.Write($"\n{r.Container} ({r.Container.WorkloadKind}, {AdviceView.Pods(r)}, {r.QosBefore}{(r.QosBefore == r.QosAfter ? "" : $" -> {r.QosAfter}")})\n");
        foreach (var reason in r.Reasons) to.Write($"  {reason}\n");
        foreach (var doubt in r.Confidence.Doubts) to.Write($"  Doubt: {doubt}\n");
        foreach (var risk in r.Risks) to.Write($"  Risk: {risk}\n");
    }

    private static void WriteTotals(AdviceView view, TextWriter to)
    {
        var namespaces = view.Report.Namespaces.Where(n => n.Changed > 0).Take(view.Detailed ? int.MaxValue : 15).ToList();
        if (namespaces.Count > 0) to.Write('\n');
        if (namespaces.Count > 0)
        {
            AlignedText.Write(
                to,
                ["namespace", "changed", "requested now", "then", $"{view.Prices.Currency}/month"],
                namespaces.Select(n => new[] { n.Namespace, $"{n.Changed} of {n.Containers}", AdviceView.Text(n.Before), AdviceView.Text(n.After), AdviceView.Money(n.MonthlySaving) }));
        }

        if (view.Report.Pools.Count == 0) return;
        to.Write('\n');
        AlignedText.Write(
            to,
            ["node pool", "nodes", "can give", "requested now", "then", "nodes fewer, at most"],
            view.Report.Pools.Select(p => new[] { p.NodePool, $"{p.Nodes}", AdviceView.Text(p.Allocatable), AdviceView.Text(p.Before), AdviceView.Text(p.After), $"{p.NodesFewer}" }));
    }
}
