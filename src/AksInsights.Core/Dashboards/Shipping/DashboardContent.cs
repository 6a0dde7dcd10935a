using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AksInsights.Core.Dashboards.Shipping;

/// <summary>What of a dashboard counts when two are compared: all but the number and version that an installation gives it, whatever the order of keys.</summary>
public static class DashboardContent
{
    /// <summary>The content in one form: keys in order, whole numbers as whole numbers, a line for each value. Equal contents have equal texts.</summary>
    public static string Canonical(JObject dashboard)
    {
        var copy = (JObject)Ordered(dashboard);
        copy.Remove("id");
        copy.Remove("version");
        return copy.ToString(Formatting.Indented).ReplaceLineEndings("\n") + "\n";
    }

    // Go writes 1.0 as 1.
    private static JToken Ordered(JToken token) => token switch
    {
        JObject item => new JObject(item.Properties().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => new JProperty(p.Name, Ordered(p.Value)))),
        JArray list => new JArray(list.Select(Ordered)),
        JValue { Type: JTokenType.Float, Value: double number } when Math.Abs(number) < 1L << 53 && Math.Truncate(number) == number => new JValue((long)number),
        _ => token.DeepClone(),
    };
}
