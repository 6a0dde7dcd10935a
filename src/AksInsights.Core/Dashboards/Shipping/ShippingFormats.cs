namespace AksInsights.Core.Dashboards.Shipping;

/// <summary>All ways to ship dashboards by files. A new one is a class and a line here.</summary>
public static class ShippingFormats
{
    /// <summary>The formats, the plainest first.</summary>
    public static IReadOnlyList<IShippingFormat> All { get; } =
    [
        new PlainFiles(),
        new ProvisioningFiles(),
        new ConfigMaps(),
        new OperatorResources(),
        new AlertRules(),
    ];
}
