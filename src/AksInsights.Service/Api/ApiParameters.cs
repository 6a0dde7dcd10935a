using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Commands;

namespace AksInsights.Service.Api;

/// <summary>The parameters that several paths take, and how others are made.</summary>
internal static class ApiParameters
{
    /// <summary>The most items of a page.</summary>
    public const int MostItems = 1000;

    /// <summary>How many items a page has when nothing is said.</summary>
    public const int UsualItems = 100;

    // The seconds of the year 5138; what is more can only be milliseconds, as Grafana counts.
    private const double MostSeconds = 1e11;

    /// <summary>In which workspace.</summary>
    public static readonly ApiParameter<WorkspaceId?> Workspace = new(
        "workspace", "Only this workspace, by its id.", Schema("string"), "A workspace has a name without control characters.",
        text => text.Any(char.IsControl) || string.IsNullOrWhiteSpace(text) ? null : new WorkspaceId(text));

    /// <summary>Of which query.</summary>
    public static readonly ApiParameter<QueryId?> Query = new(
        "query", "Only this query, such as `pods/crash-loop`.", Schema("string"), "A query has a name such as `pods/crash-loop`.", text => QueryId.TryParse(text, out var id) ? id : null);

    /// <summary>Of which area.</summary>
    public static readonly ApiParameter<string> Area = new(
        "area", "Only the queries of this area, such as `pods`.", Schema("string"), "An area has a name such as `pods`.", text => QueryId.TryParse(text + "/x", out _) ? text : null);

    /// <summary>In which cluster.</summary>
    public static readonly ApiParameter<string> Cluster = Text("cluster", "Only this cluster, by its resource id in any case.", text => text.ToLowerInvariant());

    /// <summary>In which namespace.</summary>
    public static readonly ApiParameter<string> Namespace = Text("namespace", "Only this namespace, of any cluster.");

    /// <summary>How bad at least.</summary>
    public static readonly ApiParameter<Severity?> Severity = One<Severity>("severity", "At least this bad.");

    /// <summary>From when.</summary>
    public static readonly ApiParameter<DateTimeOffset?> From = Time("from", "At this time or later.");

    /// <summary>Up to when.</summary>
    public static readonly ApiParameter<DateTimeOffset?> To = Time("to", "At this time or before.");

    /// <summary>How many items.</summary>
    public static readonly ApiParameter<int?> Limit = new(
        "limit",
        "At most so many items.",
        new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = MostItems, ["default"] = UsualItems },
        string.Create(CultureInfo.InvariantCulture, $"A number from 1 to {MostItems} is expected."),
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is > 0 and <= MostItems ? limit : null);

    /// <summary>Where to go on.</summary>
    public static readonly ApiParameter<string> After = Text("after", "Go on behind this place: what `next` of the page before said.");

    /// <summary>A parameter that is any text.</summary>
    public static ApiParameter<string> Text(string name, string description, Func<string, string>? read = null) => new(name, description, Schema("string"), "", read ?? (text => text));

    /// <summary>A parameter that is a moment.</summary>
    public static ApiParameter<DateTimeOffset?> Time(string name, string description) => new(
        name,
        description + " A time such as `2026-01-05T10:00:00Z`, or seconds or milliseconds since 1970.",
        new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["format"] = "date-time" }, new JsonObject { ["type"] = "integer" }) },
        "A time such as `2026-01-05T10:00:00Z` is expected, or a number of seconds or milliseconds since 1970.",
        ReadTime);

    /// <summary>A parameter that is a name of an enumeration, in kebab case.</summary>
    public static ApiParameter<T?> One<T>(string name, string description)
        where T : struct, Enum =>
        new(name, description, Names<T>(), Allowed<T>(), ReadName<T>);

    /// <summary>A parameter that is one name or several of an enumeration, with commas between.</summary>
    public static ApiParameter<IReadOnlyCollection<T>> Some<T>(string name, string description, string? otherwise = null)
        where T : struct, Enum
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = Names<T>() };
        if (otherwise is not null) schema["default"] = new JsonArray([.. otherwise.Split(',').Select(one => (JsonNode)one)]);
        return new(name, description, schema, Allowed<T>() + " Several have commas between.", text =>
        {
            var values = text.Split(',').Select(ReadName<T>).ToList();
            return values.Contains(null) ? null : [.. values.Select(value => value!.Value)];
        });
    }

    /// <summary>A parameter that is one of some words.</summary>
    public static ApiParameter<string> Word(string name, string description, params string[] words) => new(
        name,
        description,
        new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]), ["default"] = words[0] },
        $"Allowed: {string.Join(", ", words.Select(word => $"`{word}`"))}.",
        text => Array.Find(words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase)));

    private static JsonObject Schema(string type) => new() { ["type"] = type };

    private static string[] NamesOf<T>()
        where T : struct, Enum =>
        [.. Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    private static JsonObject Names<T>()
        where T : struct, Enum =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. NamesOf<T>().Select(name => (JsonNode)name)]) };

    private static string Allowed<T>()
        where T : struct, Enum =>
        $"Allowed: {string.Join(", ", NamesOf<T>().Select(name => $"`{name}`"))}.";

    private static T? ReadName<T>(string text)
        where T : struct, Enum
    {
        var place = Array.FindIndex(NamesOf<T>(), name => name.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
        return place < 0 ? null : Enum.GetValues<T>()[place];
    }

    private static DateTimeOffset? ReadTime(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return Math.Abs(number) is var size && size < MostSeconds ? DateTimeOffset.FromUnixTimeSeconds((long)number) : size < MostSeconds * 1000 ? DateTimeOffset.FromUnixTimeMilliseconds((long)number) : null;
        return InputTime.TryRead(text, out var time) ? time : null;
    }
}
