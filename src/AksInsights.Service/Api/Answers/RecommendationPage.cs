using AksInsights.Core.Rightsizing.Advice;
using AksInsights.Service.Commands;

namespace AksInsights.Service.Api.Answers;

/// <summary>A page of recommendations, with what all of them come to.</summary>
internal sealed class RecommendationPage
{
    private readonly AdviceView? _view;

    /// <summary>The answer about a page.</summary>
    /// <param name="view">The advice; null when no usage was read yet.</param>
    /// <param name="items">The page.</param>
    /// <param name="next">The place behind it.</param>
    public RecommendationPage(AdviceView? view, IReadOnlyList<RecommendationAnswer> items, string? next)
    {
        _view = view;
        Items = items;
        Next = next;
    }

    /// <summary>What should change, the greatest saving first.</summary>
    public IReadOnlyList<RecommendationAnswer> Items { get; }

    /// <summary>The place behind the page, to be given as `after`; left out on the last page.</summary>
    public string? Next { get; }

    /// <summary>What all recommendations come to, whatever the list is narrowed to; left out before usage was read for the first time.</summary>
    public AdviceTotals? Totals => _view is null ? null : new AdviceTotals(_view);
}

/// <summary>What recommendations come to.</summary>
internal sealed class AdviceTotals
{
    private readonly AdviceView _view;

    /// <summary>The answer about some advice.</summary>
    public AdviceTotals(AdviceView view) => _view = view;

    /// <summary>The policy.</summary>
    public string Policy => _view.Policy.Name;

    /// <summary>Up to when usage was read.</summary>
    public DateTimeOffset ReadTo => _view.ReadTo;

    /// <summary>Up to when usage was read, in seconds since 1970.</summary>
    public long ReadToS => _view.ReadTo.ToUnixTimeSeconds();

    /// <summary>For how many containers something else is proposed.</summary>
    public int Changes => _view.Report.Changes.Count;

    /// <summary>How many containers are right already.</summary>
    public int Fits => _view.Report.All.Count(advice => advice is ContainerAdvice.Fits);

    /// <summary>How many containers are left alone, by cause.</summary>
    public IReadOnlyDictionary<string, int> LeftAlone => new OrderedDictionary<string, int>(_view.LeftAlone().Select(cause => KeyValuePair.Create(cause.Key, cause.Count())));

    /// <summary>What all changes save in a month.</summary>
    public decimal MonthlySaving => _view.Report.MonthlySaving;

    /// <summary>The ISO code of the currency.</summary>
    public string Currency => _view.Prices.Currency;

    /// <summary>Where the prices are from.</summary>
    public string Prices => _view.Prices.Source;

    /// <summary>What the policy would have done on the containers' own past, in words; left out when it is too short to tell.</summary>
    public string? Backtest => _view.Backtest();

    /// <summary>By namespace, the greatest saving first.</summary>
    public IReadOnlyList<NamespaceTotal> Namespaces => _view.Report.Namespaces;

    /// <summary>By node pool.</summary>
    public IReadOnlyList<PoolTotal> Pools => _view.Report.Pools;
}
