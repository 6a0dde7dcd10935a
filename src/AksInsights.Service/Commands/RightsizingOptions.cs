using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Pricing;
using AksInsights.Kql.Diagnostics;

namespace AksInsights.Service.Commands;

/// <summary>Options that <c>backtest</c> and <c>recommend</c> share, each made anew for its command.</summary>
internal static class RightsizingOptions
{
    /// <summary>An option whose value is a length of time, such as <c>14d</c>.</summary>
    public static Option<TimeSpan?> Length(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (Durations.TryParse(result.Tokens[0].Value, out var length) && length > TimeSpan.Zero) return length;
            result.AddError($"`{result.Tokens[0].Value}` is no length of time; write it as 14d or 36h.");
            return null;
        },
    };

    /// <summary><c>--prices</c>: what a core-hour and a GiB-hour cost.</summary>
    public static Option<PriceList> Prices() => new("--prices")
    {
        Description = "What a core-hour and a GiB-hour cost, and in which currency, such as 0.031,0.0037,EUR. By default list prices by VM size.",
        HelpName = "CORE,GIB,CURRENCY",
        DefaultValueFactory = _ => PriceList.Shipped,
        CustomParser = ReadPrices,
    };

    /// <summary>The policies of some names; null, with the mistake on the option, when one does not exist.</summary>
    public static IReadOnlyList<IRightsizingPolicy>? ReadPolicies(ArgumentResult result)
    {
        var names = result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct().ToList();
        if (names.FirstOrDefault(n => PolicyTable.Find(n) is null) is { } unknown)
        {
            var known = PolicyTable.All.Select(p => p.Name).ToList();
            result.AddError($"There is no policy `{unknown}`. {NearestNames.Sentence(unknown, known) ?? $"There are {string.Join(", ", known)}."}");
            return null;
        }

        return [.. names.Select(n => PolicyTable.Find(n)!)];
    }

    private static PriceList? ReadPrices(ArgumentResult result)
    {
        var fields = result.Tokens[0].Value.Split(',');
        if (fields.Length == 3 && Price(fields[0]) is { } core && Price(fields[1]) is { } gib && fields[2].Length == 3 && fields[2].All(char.IsAsciiLetterUpper))
            return PriceList.Of(new ResourcePrices(core, gib), fields[2]);
        result.AddError($"`{result.Tokens[0].Value}` is no pair of prices; write a core-hour, a GiB-hour and the currency as in 0.031,0.0037,EUR.");
        return null;
    }

    private static double? Price(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) ? price : null;
}
