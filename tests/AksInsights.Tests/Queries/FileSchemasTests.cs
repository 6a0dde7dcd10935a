using System.Text.Json.Nodes;
using System.Xml.Linq;
using AksInsights.Core.Queries;

namespace AksInsights.Tests.Queries;

/// <summary>The committed schemas are those of the records. Run with UPDATE_EXPECTED=1 to write them anew.</summary>
public class FileSchemasTests
{
    private static readonly FileSchemas Schemas = new(XDocument.Load(Path.ChangeExtension(typeof(FileSchemas).Assembly.Location, ".xml")));

    [Fact]
    public void TheSchemaOfAQueryIsCommitted() => AssertCommitted("query.schema.json", Schemas.OfQuery());

    [Fact]
    public void TheSchemaOfTestsIsCommitted() => AssertCommitted("tests.schema.json", Schemas.OfTests());

    [Fact]
    public void TheSchemaOfOtherToolsIsCommitted() => AssertCommitted("coverage.schema.json", Schemas.OfOtherTools());

    [Fact]
    public void TheSchemaOfAScorecardIsCommitted() => AssertCommitted("scorecard.schema.json", Schemas.OfScorecard());

    [Fact]
    public void KeysAreThoseThatTheReaderKnows()
    {
        var schema = JsonNode.Parse(Schemas.OfQuery())!.AsObject();
        Assert.Equal(["name", "title", "description", "impact", "remediation", "severity", "key", "requires", "schedule"], schema["required"]!.AsArray().Select(r => r!.GetValue<string>()));
        Assert.False(schema["additionalProperties"]!.GetValue<bool>());
        Assert.All(schema["properties"]!.AsObject(), p => Assert.False(string.IsNullOrEmpty(p.Value!["description"]?.GetValue<string>()), p.Key));
    }

    private static void AssertCommitted(string name, string schema)
    {
        var path = Repository.Path("queries", "schema", name);
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1" && Environment.GetEnvironmentVariable("CI") is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, schema);
        }

        Assert.Equal(File.Exists(path) ? File.ReadAllText(path) : "", schema);
    }
}
