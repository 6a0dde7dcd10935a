using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Xml.Linq;
using AksInsights.Core.Queries.OtherTools;
using AksInsights.Core.Queries.RowTests;
using AksInsights.Core.Scorecards;

namespace AksInsights.Core.Queries;

/// <summary>JSON schemas of the library's YAML files, made from the records that hold their content and from the comments on these.</summary>
/// <remarks>Editors complete and check YAML with them. The texts come from the assembly's documentation file, so that nothing is described twice.</remarks>
public sealed class FileSchemas
{
    private const string DurationPattern = "^-?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$";

    private const string SourcePattern = "^[a-z0-9-]+:.+$";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
    };

    private readonly Dictionary<string, string> _comments;

    /// <summary>Makes schemas with the texts of a documentation file.</summary>
    /// <param name="documentation">The file that the compiler writes beside this assembly.</param>
    public FileSchemas(XDocument documentation) => _comments = documentation.Descendants("member")
        .Where(m => m.Element("summary") is not null)
        .ToDictionary(m => m.Attribute("name")!.Value, m => Plain(m.Element("summary")!), StringComparer.Ordinal);

    /// <summary>The schema of a query's <c>.yaml</c>.</summary>
    public string OfQuery() => Export(typeof(QueryMetadata), "A query of the library: what its KQL cannot say");

    /// <summary>The schema of a query's <c>.tests.yaml</c>.</summary>
    public string OfTests() => Export(typeof(RowTestFile), "The row tests of a query");

    /// <summary>The schema of a library's <c>coverage.yaml</c>.</summary>
    public string OfOtherTools() => Export(typeof(OtherToolsFile), "What other tools check, and what of it the library cannot or does not say");

    /// <summary>The schema of a library's <c>scorecard.yaml</c>.</summary>
    public string OfScorecard() => Export(typeof(ScorecardFile), "A checklist that clusters are held against");

    private string Export(Type type, string title)
    {
        var exporter = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };
        var schema = Options.GetJsonSchemaAsNode(type, exporter).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema.ToJsonString(Options) + "\n";
    }

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var node = Scalar(type) ?? schema;
        if (node is not JsonObject described || context.PropertyInfo?.AttributeProvider is not MemberInfo member) return node;
        if (described["type"] is JsonArray types && type != typeof(CellText)) described["type"] = types.First(t => t!.GetValue<string>() != "null")!.DeepClone();
        if (member.DeclaringType == typeof(ParameterNote) && member.Name is nameof(ParameterNote.Min) or nameof(ParameterNote.Max))
            described["type"] = new JsonArray("string", "number");
        if (member.DeclaringType == typeof(QueryMetadata) && member.Name == nameof(QueryMetadata.Sources)) described["items"]!["pattern"] = SourcePattern;
        if (_comments.TryGetValue($"P:{member.DeclaringType!.FullName}.{member.Name}", out var comment)) described["description"] = comment;
        return described;
    }

    // What YAML writes as one value is an object to the exporter.
    private static JsonObject? Scalar(Type type)
    {
        if (type == typeof(TextTemplate)) return new JsonObject { ["type"] = "string" };
        if (type == typeof(TimeSpan)) return new JsonObject { ["type"] = "string", ["pattern"] = DurationPattern };
        if (type == typeof(DateTime)) return new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        if (type == typeof(CellText)) return new JsonObject { ["type"] = new JsonArray("string", "number", "boolean", "null", "object", "array") };
        return null;
    }

    private static string Plain(XElement summary)
    {
        var text = string.Concat(summary.Nodes().Select(node => node switch
        {
            XText plain => plain.Value,
            XElement { Name.LocalName: "see" } see => Camel(see.Attribute("cref")!.Value),
            XElement other => other.Value,
            _ => "",
        }));
        return string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Camel(string cref)
    {
        var name = cref[(cref.LastIndexOf('.') + 1)..];
        return JsonNamingPolicy.CamelCase.ConvertName(name);
    }
}
