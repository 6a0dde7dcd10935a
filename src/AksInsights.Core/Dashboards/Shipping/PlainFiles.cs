namespace AksInsights.Core.Dashboards.Shipping;

/// <summary>The dashboards themselves, to be imported by hand or kept in a repository.</summary>
public sealed class PlainFiles : IShippingFormat
{
    /// <inheritdoc/>
    public string Name => "files";

    /// <inheritdoc/>
    public string Purpose => "the dashboards alone";

    /// <inheritdoc/>
    public IReadOnlyList<ShippedFile> Write(DashboardFlavour flavour, IReadOnlyList<DashboardFile> dashboards, List<string> mistakes) =>
        [.. dashboards.Select(dashboard => new ShippedFile(dashboard.FileName, dashboard.Text()))];
}
