using System.Globalization;
using System.Text.Json;
using AksInsights.Core.Rightsizing.Backtests;
using AksInsights.Core.Rightsizing.Pricing;

namespace AksInsights.Service.Commands;

/// <summary>What came of a backtest, for people and programs.</summary>
internal static class BacktestText
{
    /// <summary>Writes results.</summary>
    public static void Write(IReadOnlyList<PolicyBacktest> results, BacktestPlan plan, PriceList prices, string output, CommandIo io)
    {
        if (output == KqlOutput.Json)
        {
            JsonText.WriteObject(io.Out, json => WriteJson(json, results, plan, prices));
            io.Out.Write('\n');
            return;
        }

        if (results.Any(r => r.Cpu is not null)) WriteCpu(results, prices, io.Out);
        if (results.Any(r => r.Memory is not null)) WriteMemory(results, prices, io.Out);
        io.Out.Write($"Trained on {Length(plan.Train)} before each decision, held for {Length(plan.Step)}, scored on what came then. Slack and deficit are pooled over\n"
            + "containers, the median stands in brackets; shares of time are means over containers; a change is one of more than 10 %.\n"
            + $"Costs are of what is requested: {prices.Source}.\n");
    }

    private static void WriteCpu(IReadOnlyList<PolicyBacktest> results, PriceList prices, TextWriter to)
    {
        AlignedText.Write(
            to,
            ["CPU", "slack %", "time above request %", "deficit %", "throttled time %", "changes/month", $"{prices.Currency}/month"],
            results.Where(r => r.Cpu is not null).Select(r => new[]
            {
                r.Policy.Name, Slack(r.Cpu!), Percent(r.Cpu!.AboveRequest, "0.0"), Percent(r.Cpu.Deficit, "0.0"), Percent(r.Cpu.AboveLimit, "0.00"),
                Number(r.Cpu.ChangesPerMonth), Money(prices.Other.CpuMonth(r.Cpu.Reserved)),
            }));
        to.Write($"containers: {results[0].Cpu!.Containers}\n\n");
    }

    private static void WriteMemory(IReadOnlyList<PolicyBacktest> results, PriceList prices, TextWriter to)
    {
        AlignedText.Write(
            to,
            ["memory", "slack %", "time above request %", "deficit %", "OOM/100 days", "containers with OOM %", "changes/month", $"{prices.Currency}/month"],
            results.Where(r => r.Memory is not null).Select(r => new[]
            {
                r.Policy.Name, Slack(r.Memory!), Percent(r.Memory!.AboveRequest, "0.0"), Percent(r.Memory.Deficit, "0.0"),
                r.Memory.KillsPer100Days.ToString("0.00", CultureInfo.InvariantCulture), Percent(r.Memory.ContainersKilled, "0.0"),
                Number(r.Memory.ChangesPerMonth), Money(prices.Other.MemoryMonth(r.Memory.Reserved)),
            }));
        to.Write($"containers: {results[0].Memory!.Containers}\n\n");
    }

    private static void WriteJson(Utf8JsonWriter json, IReadOnlyList<PolicyBacktest> results, BacktestPlan plan, PriceList prices)
    {
        json.WriteNumber("trainSeconds", plan.Train.TotalSeconds);
        json.WriteNumber("stepSeconds", plan.Step.TotalSeconds);
        json.WriteString("currency", prices.Currency);
        json.WriteString("prices", prices.Source);
        json.WriteStartArray("policies");
        foreach (var result in results)
        {
            json.WriteStartObject();
            json.WriteString("policy", result.Policy.Name);
            json.WriteString("description", result.Policy.Description);
            WriteScore(json, "cpu", result.Cpu, throttles: true, prices.Other.CpuMonth);
            WriteScore(json, "memory", result.Memory, throttles: false, prices.Other.MemoryMonth);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteScore(Utf8JsonWriter json, string name, BacktestScore? score, bool throttles, Func<double, double> monthlyCost)
    {
        if (score is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("containers", score.Containers);
        json.WriteNumber("slack", score.Slack);
        json.WriteNumber("medianSlack", score.MedianSlack);
        json.WriteNumber("aboveRequest", score.AboveRequest);
        json.WriteNumber("deficit", score.Deficit);
        if (throttles) json.WriteNumber("throttled", score.AboveLimit);
        else json.WriteNumber("oomKillsPer100Days", score.KillsPer100Days);
        if (!throttles) json.WriteNumber("containersWithOom", score.ContainersKilled);
        if (score.ChangesPerMonth is { } changes) json.WriteNumber("changesPerMonth", changes);
        json.WriteNumber("monthlyCost", Math.Round(monthlyCost(score.Reserved), 2));
        json.WriteEndObject();
    }

    private static string Slack(BacktestScore score) => $"{Percent(score.Slack, "0")} ({Percent(score.MedianSlack, "0")})";

    private static string Percent(double share, string format) => (share * 100).ToString(format, CultureInfo.InvariantCulture);

    private static string Number(double? number) => number?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-";

    private static string Money(double amount) => amount.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Length(TimeSpan length) => Core.Queries.Durations.Format(length);
}
