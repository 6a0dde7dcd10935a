using Newtonsoft.Json.Linq;

namespace AksInsights.Core.Dashboards.Panels;

/// <summary>Where a click on a value leads.</summary>
/// <param name="Title">What people see.</param>
/// <param name="Url">The address, with Grafana's names for values in it.</param>
public sealed record DataLink(string Title, string Url);

/// <summary>A word and a colour for a value.</summary>
/// <param name="Value">The value as text.</param>
/// <param name="Text">The word; null keeps the value.</param>
/// <param name="Color">The colour; null keeps it.</param>
public sealed record ValueMapping(string Value, string? Text, string? Color);

/// <summary>A change that Grafana makes to rows.</summary>
/// <param name="Id">Which change; a test knows them all.</param>
/// <param name="Options">How.</param>
public sealed record Transformation(string Id, JObject Options);
