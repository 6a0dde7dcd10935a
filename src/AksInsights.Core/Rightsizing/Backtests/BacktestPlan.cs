using AksInsights.Core.Rightsizing.Policies;

namespace AksInsights.Core.Rightsizing.Backtests;

/// <summary>How a past is replayed.</summary>
/// <param name="Train">How much of the past a decision may use.</param>
/// <param name="Step">How long it holds, until the next decision.</param>
/// <param name="Policies">Which policies decide, each by itself.</param>
public sealed record BacktestPlan(TimeSpan Train, TimeSpan Step, IReadOnlyList<IRightsizingPolicy> Policies);

/// <summary>What a policy decided in a backtest.</summary>
/// <param name="Name">The series or container.</param>
/// <param name="Resource">The resource.</param>
/// <param name="At">When.</param>
/// <param name="Sizing">What holds from then on.</param>
public sealed record BacktestDecision(string Name, Usage.ResourceKind Resource, DateTimeOffset At, Sizing Sizing);
