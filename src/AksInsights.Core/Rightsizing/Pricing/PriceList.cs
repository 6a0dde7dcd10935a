using System.Globalization;

namespace AksInsights.Core.Rightsizing.Pricing;

/// <summary>What reserving costs on nodes of a size: list prices that come with the program, or one pair of prices for all that somebody gave. Immutable.</summary>
public sealed class PriceList
{
    // How a machine's price is shared between its cores and its memory: what makes both the D family (4 GiB a core, $0.048) and the E family (8 GiB, $0.063)
    // come out exactly. Only the proportion counts.
    private const double CoreWeight = 0.033;
    private const double GibWeight = 0.00375;

    private readonly IReadOnlyDictionary<string, ResourcePrices> _families;

    private PriceList(IReadOnlyDictionary<string, ResourcePrices> families, ResourcePrices other, string currency, string source)
    {
        _families = families;
        Other = other;
        Currency = currency;
        Source = source;
    }

    /// <summary>The list that comes with the program.</summary>
    public static PriceList Shipped { get; } = ReadShipped();

    /// <summary>The prices for nodes whose size is not known or not listed: those of the D family.</summary>
    public ResourcePrices Other { get; }

    /// <summary>The ISO code of the currency.</summary>
    public string Currency { get; }

    /// <summary>Where the prices are from and of which date, for people.</summary>
    public string Source { get; }

    /// <summary>One pair of prices for all nodes.</summary>
    public static PriceList Of(ResourcePrices prices, string currency) =>
        new(new Dictionary<string, ResourcePrices>(), prices, currency, $"prices as given: {Text(prices.CoreHour)} a core-hour, {Text(prices.GibHour)} a GiB-hour");

    /// <summary>The prices on nodes of a size, such as <c>Standard_D4s_v5</c>.</summary>
    /// <param name="size">The size; null when it is not known.</param>
    public ResourcePrices For(string? size) => size is not null && _families.TryGetValue(Family(size), out var prices) ? prices : Other;

    private static PriceList ReadShipped()
    {
        using var stream = typeof(PriceList).Assembly.GetManifestResourceStream("azure-list-prices.csv")
            ?? throw new InvalidOperationException("The price list is not in the program.");
        using var reader = new StreamReader(stream);
        var families = new Dictionary<string, ResourcePrices>(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.StartsWith("family,", StringComparison.Ordinal)) continue;
            var fields = line.Split(',');
            families[fields[0]] = Share(Number(fields[1]), Number(fields[2]));
        }

        return new PriceList(families, families["Standard_D#s_v5"], "USD", "Azure list prices for Linux, pay as you go, East US, 2025-01-01");
    }

    private static ResourcePrices Share(double gibPerCore, double hour)
    {
        var scale = hour / (CoreWeight + gibPerCore * GibWeight);
        return new ResourcePrices(CoreWeight * scale, GibWeight * scale);
    }

    // Standard_D16s_v5 is of the family Standard_D#s_v5; the number of a constrained size (E8-4s) is not listed.
    private static string Family(string size)
    {
        var start = size.IndexOf('_', StringComparison.Ordinal) + 1;
        var first = size.AsSpan(start).IndexOfAnyInRange('0', '9');
        if (first < 0) return size;
        first += start;
        var end = first;
        while (end < size.Length && char.IsAsciiDigit(size[end])) end++;
        return string.Concat(size.AsSpan(0, first), "#", size.AsSpan(end));
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("0.#####", CultureInfo.InvariantCulture);
}
