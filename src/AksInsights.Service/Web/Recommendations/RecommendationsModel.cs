using AksInsights.Core.Rightsizing;
using AksInsights.Core.Rightsizing.Advice;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Service.Api.Answers;
using AksInsights.Service.Commands;

namespace AksInsights.Service.Web.Recommendations;

/// <summary>What containers should request and be limited to, by one policy.</summary>
public sealed record RecommendationsModel
{
    /// <summary>How many recommendations a page has.</summary>
    public const int PageSize = 50;

    /// <summary>The policy.</summary>
    public required IRightsizingPolicy Policy { get; init; }

    /// <summary>The advice; null while no usage was rolled up.</summary>
    public required AdviceReport? Report { get; init; }

    /// <summary>One line about what comes of it.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What the policy would have done with all of them together; null when the past is too short.</summary>
    public string? Backtest { get; init; }

    /// <summary>The currency.</summary>
    public string Currency { get; init; } = "";

    /// <summary>Where the prices come from.</summary>
    public string Prices { get; init; } = "";

    /// <summary>Up to when usage was read.</summary>
    public DateTimeOffset ReadTo { get; init; }

    /// <summary>The namespace that the list is narrowed to; null for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>Which page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>The changes that the list is narrowed to, the greatest saving first.</summary>
    public IReadOnlyList<ContainerAdvice.Change> Changes => [.. (Report?.Changes ?? []).Where(change => Namespace is null || change.Container.Namespace == Namespace)];

    /// <summary>How many pages there are.</summary>
    public int Pages => Math.Max(1, (Changes.Count + PageSize - 1) / PageSize);

    /// <summary>The changes of the page.</summary>
    public IEnumerable<ContainerAdvice.Change> OnPage => Changes.Skip((Page - 1) * PageSize).Take(PageSize);

    /// <summary>The name of a recommendation in addresses.</summary>
    public static string IdOf(Recommendation said) => RecommendationAnswer.IdOf(said);

    /// <summary>Takes what was advised.</summary>
    internal static RecommendationsModel Of(IRightsizingPolicy policy, AdviceView? view, string? space, int page) => view is null
        ? new RecommendationsModel { Policy = policy, Report = null }
        : new RecommendationsModel
        {
            Policy = policy,
            Report = view.Report,
            Summary = view.Summary(),
            Backtest = view.Backtest(),
            Currency = view.Prices.Currency,
            Prices = view.Prices.Source,
            ReadTo = view.ReadTo,
            Namespace = space,
            Page = page,
        };
}

/// <summary>One recommendation, with what it was made from.</summary>
/// <param name="Change">The recommendation.</param>
/// <param name="ReadTo">Up to when usage was read.</param>
/// <param name="Policy">The policy.</param>
/// <param name="Preview">What it would change in the manifests; null when the configuration names none.</param>
public sealed record RecommendationModel(ContainerAdvice.Change Change, DateTimeOffset ReadTo, IRightsizingPolicy Policy, ManifestPreview? Preview);
