using System.CommandLine;
using System.CommandLine.Parsing;

namespace AksInsights.Service.Commands;

/// <summary>Options that several commands have, each made anew for its command.</summary>
internal static class SharedOptions
{
    /// <summary><c>--workspace</c>: the folder of a recorded workspace.</summary>
    public static Option<string?> Workspace(bool required = false) => new("--workspace", "-w")
    {
        Description = "The folder of a recorded workspace: one file a table, Perf.jsonl.gz, KubePodInventory.csv and so on.",
        HelpName = "DIR",
        Required = required,
    };

    /// <summary><c>--as-of</c>: the time a recording stands still at.</summary>
    public static Option<DateTimeOffset?> AsOf() =>
        Time("--as-of", "The time that counts as now, in UTC, such as 2026-01-05T10:00:00Z. By default that of the newest row.");

    /// <summary>An option whose value is a time.</summary>
    public static Option<DateTimeOffset?> Time(string name, string description) =>
        new(name) { Description = description, HelpName = "TIME", CustomParser = ReadTime };

    /// <summary><c>--strict</c>: whether a bad row of the recording ends the command.</summary>
    public static Option<bool> Strict() => new("--strict") { Description = "Refuse a recording with bad rows instead of counting them." };

    /// <summary><c>--output</c>: the form of the result.</summary>
    public static Option<string> Output(params string[] forms)
    {
        var option = new Option<string>("--output", "-o")
        {
            Description = "The form of the result.",
            DefaultValueFactory = _ => forms[0],
            HelpName = string.Join('|', forms),
        };
        option.AcceptOnlyFromAmong(forms);
        return option;
    }

    private static DateTimeOffset? ReadTime(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (InputTime.TryRead(text, out var time)) return time;
        result.AddError($"`{text}` is no time; write it as 2026-01-05T10:00:00Z.");
        return null;
    }
}
