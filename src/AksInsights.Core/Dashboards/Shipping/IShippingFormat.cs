namespace AksInsights.Core.Dashboards.Shipping;

/// <summary>A way to bring dashboards into a Grafana by files.</summary>
public interface IShippingFormat
{
    /// <summary>Its name, as on the command line.</summary>
    string Name { get; }

    /// <summary>What it is for, as the end of a sentence.</summary>
    string Purpose { get; }

    /// <summary>The files for one flavour's dashboards; none where the format has nothing to say about the flavour.</summary>
    /// <param name="flavour">What the dashboards read from.</param>
    /// <param name="dashboards">The dashboards, in the order of a menu.</param>
    /// <param name="mistakes">Gets what cannot be shipped so, in full sentences.</param>
    IReadOnlyList<ShippedFile> Write(DashboardFlavour flavour, IReadOnlyList<DashboardFile> dashboards, List<string> mistakes);
}
