using AksInsights.Core.Dashboards.Panels;
using Newtonsoft.Json.Linq;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>What every data source gives as rows, drawn as a line for each value of a column.</summary>
internal static class Series
{
    /// <summary>Makes a column for each value of one column, with the value of another; the column of times stays.</summary>
    /// <param name="column">The column whose values become names of lines.</param>
    /// <param name="value">The column whose values are drawn.</param>
    public static Transformation By(string column, string value) => new("groupingToMatrix", new JObject
    {
        ["columnField"] = column,
        ["rowField"] = "time",
        ["valueField"] = value,
        ["emptyValue"] = "null",
    });
}
