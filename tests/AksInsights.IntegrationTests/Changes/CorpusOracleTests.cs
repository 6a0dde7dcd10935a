using System.Text;
using System.Text.Json;
using AksInsights.Tests.Changes;

namespace AksInsights.IntegrationTests.Changes;

/// <summary>Programs that are not ours read the corpus before and after its changes, and see the recommended amounts and nothing else.</summary>
[Needs("npm")]
[Needs("kubectl")]
public sealed class CorpusOracleTests
{
    private static readonly NpmPackage Yaml = new("yaml", "read.js");

    private static IEnumerable<CorpusCase> Changed => CorpusCase.Names.Select(CorpusCase.Read).Where(c => c.Refused is null);

    [Fact]
    public async Task AnotherParserSeesExactlyThePlannedValuesChange()
    {
        var cases = Changed.Select(c => (Case: c, Files: c.Plan().Sets.SelectMany(s => s.Files).ToList())).ToList();
        var texts = cases.SelectMany(c => c.Files.SelectMany(f => new[] { (Id: $"{c.Case.Name}|{f.Path}|0", Bytes: f.Before), (Id: $"{c.Case.Name}|{f.Path}|1", Bytes: (ReadOnlyMemory<byte>?)f.After) }))
            .Where(t => t.Bytes is not null).ToDictionary(t => t.Id, t => Text(t.Bytes!.Value.Span));
        var read = await ReadAsync(texts);
        Assert.InRange(cases.Count(c => c.Files.Count > 0), 75, 1000);
        Assert.All(cases, c =>
        {
            var changes = new LeafChanges();
            foreach (var file in c.Files)
                changes.Add(file.Path, file.Before is null ? null : read[$"{c.Case.Name}|{file.Path}|0"], read[$"{c.Case.Name}|{file.Path}|1"]);
            Check(c.Case.Name, changes, c.Files.Count == 0 ? [] : c.Case.Amounts);
        });
    }

    [Fact]
    public async Task AKustomizationIsRenderedWithTheRecommendedAmounts()
    {
        Assert.NotNull(InstalledPrograms.Find("kubectl"));
        var texts = new Dictionary<string, string>();
        var environments = new List<(CorpusCase Case, string Folder, bool IsOurs)>();
        foreach (var it in Changed.Where(c => c.Name.StartsWith("kustomize/", StringComparison.Ordinal)))
        {
            var after = it.Before.ToDictionary(f => f.Key, f => f.Value);
            foreach (var file in it.Plan().Sets.SelectMany(s => s.Files)) after[file.Path] = file.After.ToArray();
            foreach (var (folder, space) in Environments(it))
            {
                environments.Add((it, folder, space == it.Recommendations[0].Container.Namespace));
                texts[$"{it.Name}|{folder}|0"] = await RenderAsync(it.Before, folder);
                texts[$"{it.Name}|{folder}|1"] = await RenderAsync(after, folder);
            }
        }

        var read = await ReadAsync(texts);
        Assert.InRange(environments.Count(e => e.IsOurs), 15, 1000);
        Assert.InRange(environments.Count(e => !e.IsOurs), 8, 1000);
        Assert.All(environments, e =>
        {
            var changes = new LeafChanges();
            changes.Add(e.Folder, read[$"{e.Case.Name}|{e.Folder}|0"], read[$"{e.Case.Name}|{e.Folder}|1"]);
            Check($"{e.Case.Name}: {e.Folder}", changes, e.IsOurs ? e.Case.Amounts : []);
        });
    }

    private static void Check(string name, LeafChanges changes, IReadOnlyList<(Core.Rightsizing.ResourceField Field, string? To)> amounts)
    {
        Assert.True(changes.Strange.Count == 0, $"{name}: {string.Join("; ", changes.Strange)}");
        // Whether an operation's value is CPU or memory is not known there: then the texts are compared.
        var isSame = LeafChanges.AreSame(changes.AmountsAfter, amounts)
            || changes.AmountsAfter.Select(a => a.To).Order(StringComparer.Ordinal).SequenceEqual(amounts.Select(a => a.To).Order(StringComparer.Ordinal));
        Assert.True(isSame, $"{name}: {string.Join("; ", changes.AmountsAfter)} instead of {string.Join("; ", amounts)}");
    }

    /// <summary>The kustomizations that say a namespace: those are deployed.</summary>
    private static IEnumerable<(string Folder, string Namespace)> Environments(CorpusCase it)
    {
        foreach (var (path, bytes) in it.Before.Where(f => Path.GetFileNameWithoutExtension(f.Key).Equals("kustomization", StringComparison.OrdinalIgnoreCase)))
        {
            var line = Text(bytes).Split('\n').FirstOrDefault(l => l.StartsWith("namespace: ", StringComparison.Ordinal));
            if (line is not null) yield return (Path.GetDirectoryName(path)!, line["namespace: ".Length..].Trim());
        }
    }

    private static async Task<string> RenderAsync(IReadOnlyDictionary<string, byte[]> files, string folder)
    {
        var root = Directory.CreateTempSubdirectory("aksinsights-kustomize-");
        try
        {
            foreach (var (path, bytes) in files)
            {
                var file = Path.Combine(root.FullName, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllBytesAsync(file, bytes);
            }

            return await ChildProgram.RunAsync("kubectl", ["kustomize", Path.Combine(root.FullName, folder)], "", root.FullName);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyDictionary<string, JsonElement>> ReadAsync(Dictionary<string, string> texts)
    {
        var lines = await Yaml.RunAsync(JsonSerializer.Serialize(texts));
        var answers = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(answers, a => Assert.True(a.GetProperty("mistakes").GetArrayLength() == 0, a.GetRawText()));
        return answers.ToDictionary(a => a.GetProperty("id").GetString()!, a => a.GetProperty("documents"));
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes);
}
