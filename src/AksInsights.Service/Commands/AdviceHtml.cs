using System.Net;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Service.Commands;

/// <summary>Advice as one HTML page without style sheet, script or anything from elsewhere, so that it can be mailed or kept.</summary>
internal static class AdviceHtml
{
    private const string Text = "font-family:Segoe UI,Helvetica,Arial,sans-serif;color:#1f2328;";
    private const string Cell = "padding:6px 8px;border-top:1px solid #d0d7de;font-size:13px;line-height:18px;" + Text;
    private const string Faint = "font-size:12px;color:#57606a;";

    /// <summary>Writes a page.</summary>
    public static void Write(IReadOnlyList<AdviceView> views, TextWriter to)
    {
        to.Write("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Requests and limits</title></head>\n");
        to.Write($"<body style=\"margin:0;padding:16px;background:#ffffff;{Text}\">\n<h1 style=\"font-size:20px;{Text}\">Requests and limits</h1>\n");
        foreach (var view in views) Write(view, to);
        to.Write("</body></html>\n");
    }

    private static void Write(AdviceView view, TextWriter to)
    {
        to.Write($"<h2 style=\"font-size:16px;{Text}\">Policy {Encode(view.Policy.Name)}</h2>\n<p style=\"font-size:14px;{Text}\">{Encode(view.Summary())} {Encode(view.Backtest() ?? "")}</p>\n");
        to.Write($"<p style=\"{Faint}{Text}\">{Encode(view.Policy.Description)} Usage up to {FindingJson.Time(view.ReadTo)}. Money: {Encode(view.Prices.Source)}. "
            + "In the pictures a bar is a share of all samples on a logarithmic scale; grey is the request in force, green the proposed one.</p>\n");
        WriteChanges(view, to);
        WriteLeftAlone(view, to);
        WritePools(view, to);
    }

    private static void WriteChanges(AdviceView view, TextWriter to)
    {
        if (view.Report.Changes.Count == 0) return;
        StartTable(to, "workload", "CPU", "memory", $"{view.Prices.Currency}/month", "why");
        foreach (var change in view.Report.Changes)
        {
            var r = change.Recommendation;
            to.Write($"<tr><td valign=\"top\" style=\"{Cell}\"><b>{Bidi(r.Container.Workload)}</b><br>{Bidi(r.Container.Container)}<br><span style=\"{Faint}\">{Bidi(r.Container.Namespace)}, "
                + $"{Encode(r.Container.WorkloadKind)}, {AdviceView.Pods(r)}, {r.QosBefore}{(r.QosBefore == r.QosAfter ? "" : $" → {r.QosAfter}")}</span></td>");
            WriteAmounts(r, ResourceField.CpuRequest, ResourceField.CpuLimit, HistogramPicture.Draw(change.Cpu, r.Current.CpuRequest?.Nanocores, r.Proposed.CpuRequest?.Nanocores), to);
            WriteAmounts(r, ResourceField.MemoryRequest, ResourceField.MemoryLimit, HistogramPicture.Draw(change.Memory, r.Current.MemoryRequest?.Bytes, r.Proposed.MemoryRequest?.Bytes), to);
            to.Write($"<td valign=\"top\" align=\"right\" style=\"{Cell}\">{AdviceView.Money(r.MonthlySaving)}</td><td valign=\"top\" style=\"{Cell}\">");
            to.Write($"<b>Trust: {FindingJson.Kebab(r.Confidence.Level.ToString())}</b>; {Encode(r.Backtest?.ToString() ?? "the past is too short to replay")}<br>");
            to.Write(string.Join("<br>", r.Reasons.Select(Encode)));
            foreach (var doubt in r.Confidence.Doubts) to.Write($"<br><span style=\"color:#8a5a00\">{Encode(doubt)}</span>");
            foreach (var risk in r.Risks) to.Write($"<br><span style=\"color:#a40e26\">{Encode(risk)}</span>");
            to.Write("</td></tr>\n");
        }

        to.Write("</table>\n");
    }

    private static void WriteAmounts(Recommendation r, ResourceField request, ResourceField limit, string picture, TextWriter to) => to.Write(
        $"<td valign=\"top\" style=\"{Cell}white-space:nowrap\">request {Arrow(r, request)}<br>limit {Arrow(r, limit)}<br>{picture}</td>");

    private static void WriteLeftAlone(AdviceView view, TextWriter to)
    {
        var causes = view.LeftAlone().ToList();
        if (causes.Count == 0) return;
        to.Write($"<h3 style=\"font-size:14px;{Text}\">Left alone</h3>\n");
        StartTable(to, "why", "workloads");
        foreach (var cause in causes)
        {
            var names = string.Join(", ", cause.Select(l => $"{l.Container.Namespace}/{l.Container.Workload}").Distinct().Select(Bidi));
            to.Write($"<tr><td valign=\"top\" style=\"{Cell}\"><b>{Encode(cause.Key)}</b><br><span style=\"{Faint}\">{Encode(cause.First().Detail)}</span></td><td valign=\"top\" style=\"{Cell}\">{names}</td></tr>\n");
        }

        to.Write("</table>\n");
    }

    private static void WritePools(AdviceView view, TextWriter to)
    {
        if (view.Report.Pools.Count == 0) return;
        to.Write($"<h3 style=\"font-size:14px;{Text}\">Node pools</h3>\n");
        StartTable(to, "pool", "nodes", "can give", "requested now", "then", "nodes fewer, at most");
        foreach (var p in view.Report.Pools)
        {
            string[] cells = [p.NodePool, $"{p.Nodes}", AdviceView.Text(p.Allocatable), AdviceView.Text(p.Before), AdviceView.Text(p.After), $"{p.NodesFewer}"];
            to.Write($"<tr>{string.Concat(cells.Select(c => $"<td style=\"{Cell}\">{Bidi(c)}</td>"))}</tr>\n");
        }

        to.Write("</table>\n");
    }

    private static void StartTable(TextWriter to, params string[] names) => to.Write(
        $"<table cellpadding=\"0\" cellspacing=\"0\" style=\"border-collapse:collapse\"><tr>{string.Concat(names.Select(n => $"<th align=\"left\" style=\"{Cell}border-top:none\">{Encode(n)}</th>"))}</tr>\n");

    private static string Arrow(Recommendation r, ResourceField field) => Encode(AdviceView.Change(r, field).Replace("->", "→", StringComparison.Ordinal));

    // A name in a script that runs from right to left must not turn the words around it.
    private static string Bidi(string text) => $"<bdi>{Encode(text)}</bdi>";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
