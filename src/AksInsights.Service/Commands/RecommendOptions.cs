using System.CommandLine;
using AksInsights.Core.Rightsizing;
using AksInsights.Core.Rightsizing.Advice;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Pricing;

namespace AksInsights.Service.Commands;

/// <summary>The options of <c>recommend</c>.</summary>
internal sealed class RecommendOptions
{
    /// <summary>The form for a wiki or a ticket.</summary>
    public const string Markdown = "markdown";

    /// <summary>The form for a browser or a mail.</summary>
    public const string Html = "html";

    private readonly Option<int> _minHours = new("--min-hours")
    {
        Description = "Leave containers alone of which there are samples of fewer hours.",
        HelpName = "HOURS",
        DefaultValueFactory = _ => new AdviceOptions().MinHours,
    };

    private readonly Option<bool> _withAutoscaled = new("--with-autoscaled") { Description = "Size workloads too that a HorizontalPodAutoscaler or KEDA scales, and say how its target changes." };

    private readonly Option<bool> _keepCpuLimits = new("--keep-cpu-limits") { Description = "Keep CPU limits that are set, at least as high as the request." };

    private readonly Option<bool> _withPlatform = new("--with-platform") { Description = "Size the namespaces of the platform too, such as kube-system." };

    private readonly Option<string[]> _exclude = new("--exclude")
    {
        Description = "Leave a workload alone, as namespace/name; a star stands for any. May be given several times.",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _workload = new("--workload")
    {
        Description = "Only this workload, as namespace/name, told in full; a star stands for any. May be given several times.",
        HelpName = "NAME",
    };

    public LibraryOptions Library { get; } = new();

    public StoreOption Store { get; } = new(required: false);

    public Option<string?> Workspace { get; } = SharedOptions.Workspace();

    public Option<DateTimeOffset?> AsOf { get; } = SharedOptions.AsOf();

    public Option<bool> Strict { get; } = SharedOptions.Strict();

    public Option<PriceList> Prices { get; } = RightsizingOptions.Prices();

    public Option<bool> All { get; } = new("--all") { Description = "Show every change in the table, however many there are." };

    public Option<string> Output { get; } = SharedOptions.Output(KqlOutput.Table, KqlOutput.Json, KqlOutput.Csv, Markdown, Html);

    public Option<IReadOnlyList<IRightsizingPolicy>> Policies { get; } = new("--policy")
    {
        Description = "The policies to ask, separated by commas.",
        HelpName = string.Join(',', PolicyTable.All.Select(p => p.Name)),
        DefaultValueFactory = _ => [PolicyTable.All[0]],
        CustomParser = RightsizingOptions.ReadPolicies,
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Workspace, Policies, _workload, _exclude, _withAutoscaled, _withPlatform, _keepCpuLimits, _minHours, Prices, Output, All, AsOf, Strict })
            command.Add(option);
        Store.AddTo(command);
        Library.AddTo(command);
    }

    /// <summary>What is left alone.</summary>
    public AdviceOptions AdviceOf(ParseResult parsed) => new()
    {
        MinHours = parsed.GetValue(_minHours),
        WithAutoscaled = parsed.GetValue(_withAutoscaled),
        KeepCpuLimits = parsed.GetValue(_keepCpuLimits),
        Namespaces = parsed.GetValue(_withPlatform) ? new HashSet<string>() : AdviceOptions.Platform,
        Workloads = parsed.GetValue(_exclude) ?? [],
    };

    /// <summary>Whether only some workloads were asked for.</summary>
    public bool IsNarrowed(ParseResult parsed) => parsed.GetValue(_workload) is { Length: > 0 };

    /// <summary>Whether a container was asked for.</summary>
    public bool Wants(ParseResult parsed, ContainerKey container) =>
        !IsNarrowed(parsed) || new AdviceOptions { Workloads = parsed.GetValue(_workload)! }.Excludes(container);
}
