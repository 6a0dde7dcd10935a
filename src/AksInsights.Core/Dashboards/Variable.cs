using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards;

/// <summary>Something that a viewer of a dashboard chooses. Immutable.</summary>
/// <param name="Name">How queries name it.</param>
/// <param name="Label">What people see.</param>
public abstract record Variable(string Name, string Label)
{
    /// <summary>What stands for every value where a variable can have all; it is text in quotes, as it goes into queries as it is.</summary>
    public const string All = "'*'";

    /// <summary>Shows the last part of a resource id and keeps the whole as value.</summary>
    public const string LastPart = "/(?<value>(?:.*\\/)?(?<text>[^\\/]+))$/";
}

/// <summary>Values that a query gives, one column.</summary>
/// <param name="Name">How queries name it.</param>
/// <param name="Label">What people see.</param>
/// <param name="Query">Gives the values.</param>
public sealed record QueryVariable(string Name, string Label, PanelQuery Query) : Variable(Name, Label)
{
    /// <summary>Whether several values, or all, can be chosen.</summary>
    public bool IsMulti { get; init; } = true;

    /// <summary>Takes apart what the query gives; empty text takes it as it is.</summary>
    public string Regex { get; init; } = "";

    /// <summary>Whether it is chosen behind the scenes.</summary>
    public bool IsHidden { get; init; }
}

/// <summary>Values that are always the same.</summary>
/// <param name="Name">How queries name it.</param>
/// <param name="Label">What people see.</param>
/// <param name="Values">The values.</param>
public sealed record ChoiceVariable(string Name, string Label, IReadOnlyList<string> Values) : Variable(Name, Label)
{
    /// <summary>Whether several values, or all, can be chosen.</summary>
    public bool IsMulti { get; init; } = true;
}

/// <summary>A text that a viewer writes.</summary>
/// <param name="Name">How queries name it.</param>
/// <param name="Label">What people see.</param>
/// <param name="Value">What it is at first.</param>
public sealed record TextVariable(string Name, string Label, string Value) : Variable(Name, Label);

/// <summary>The subscriptions that the Azure Monitor data source may see.</summary>
/// <param name="Name">How queries name it.</param>
/// <param name="Label">What people see.</param>
public sealed record SubscriptionVariable(string Name, string Label) : Variable(Name, Label);
