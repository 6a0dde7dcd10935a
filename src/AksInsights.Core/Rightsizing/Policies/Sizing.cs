namespace AksInsights.Core.Rightsizing.Policies;

/// <summary>Request and limit of one resource, in nanocores or bytes; null where none is set.</summary>
public readonly record struct Sizing(double? Request, double? Limit);
