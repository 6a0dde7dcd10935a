using System.Text;
using AksInsights.Core.Changes;
using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Tests.Changes;

/// <summary>One file of <c>Corpus</c>: recommendations, and the files of a repository with the lines that should go and come.</summary>
/// <remarks>
/// The first line says what it is about. <c>for namespace/kind/workload/container</c> begins a recommendation; the lines below it, <c>requests.cpu 500m -> 250m</c>,
/// are its amounts (one amount: it stays; <c>none</c>: not set). <c>refused CODE LINE words</c> is what is said instead of a change; the line is - for no file.
/// <c>-- path (crlf, bom, no newline at end, utf16, new)</c> begins a file, whose lines have a blank, a minus (only before) or a plus (only after) in front.
/// </remarks>
internal sealed class CorpusCase
{
    private const string Folder = "Corpus";

    private readonly List<(ContainerKey Key, Dictionary<ResourceField, (string? From, string? To)> Amounts)> _containers = [];
    private readonly List<CorpusFile> _files = [];
    private string _cluster = "aks-live";

    private CorpusCase(string name) => Name = name;

    /// <summary>The names of all cases.</summary>
    public static IEnumerable<string> Names
    {
        get
        {
            var root = Repository.Path("tests", "AksInsights.Tests", "Changes", Folder);
            return Directory.EnumerateFiles(root, "*.txt", SearchOption.AllDirectories)
                .Select(file => Path.ChangeExtension(Path.GetRelativePath(root, file), null).Replace('\\', '/')).Order(StringComparer.Ordinal);
        }
    }

    /// <summary>Folder and name of the file.</summary>
    public string Name { get; }

    /// <summary>What is said instead of a change; null when the change is made.</summary>
    public (string Code, int? Line, string Words)? Refused { get; private set; }

    /// <summary>The recommendations.</summary>
    public IReadOnlyList<Recommendation> Recommendations => [.. _containers.Select(c => Of(c.Key, c.Amounts))];

    /// <summary>The amounts that are recommended to change, each with what it becomes; null when it goes.</summary>
    public IReadOnlyList<(ResourceField Field, string? To)> Amounts => [.. _containers.SelectMany(c => c.Amounts).Where(a => a.Value.From != a.Value.To).Select(a => (a.Key, a.Value.To))];

    /// <summary>The files before the change.</summary>
    public IReadOnlyDictionary<string, byte[]> Before => _files.Where(f => !f.IsNew).ToDictionary(f => f.Path, f => f.Bytes('-'));

    /// <summary>The files after it.</summary>
    public IReadOnlyDictionary<string, byte[]> After => _files.ToDictionary(f => f.Path, f => f.Bytes('+'));

    /// <summary>Reads a case.</summary>
    public static CorpusCase Read(string name)
    {
        var read = new CorpusCase(name);
        foreach (var line in File.ReadLines(Repository.Path("tests", "AksInsights.Tests", "Changes", Folder, name + ".txt")).Skip(1)) read.Take(line);
        return read;
    }

    /// <summary>What the program makes of the case.</summary>
    public ChangePlan Plan()
    {
        var files = new RepositoryFiles(Before.Select(f => new KeyValuePair<string, ReadOnlyMemory<byte>>(f.Key, f.Value)));
        if (files[RepositoryFiles.MapName] is not { } bytes) return new ChangePlanner(files, RepositoryMap.Empty).Plan(Recommendations, ChangeGrouping.All);
        var map = RepositoryMap.Read(Encoding.UTF8.GetString(bytes.Span), out var mistakes);
        Assert.Empty(mistakes);
        return new ChangePlanner(files, map).Plan(Recommendations, ChangeGrouping.All);
    }

    private void Take(string line)
    {
        if (line.StartsWith("-- ", StringComparison.Ordinal)) _files.Add(CorpusFile.Of(line[3..]));
        else if (_files.Count > 0) _files[^1].Lines.Add(line.Length == 0 ? " " : line);
        else if (line.StartsWith("cluster ", StringComparison.Ordinal)) _cluster = line[8..];
        else if (line.StartsWith("for ", StringComparison.Ordinal)) _containers.Add((KeyOf(line[4..]), []));
        else if (line.StartsWith("refused ", StringComparison.Ordinal)) Refused = RefusedOf(line[8..].Split(' ', 3));
        else if (line.StartsWith("    ", StringComparison.Ordinal)) TakeAmount(line.Trim().Split(' '));
        else throw new InvalidOperationException($"{Name}: what is `{line}`?");
    }

    private ContainerKey KeyOf(string text)
    {
        var parts = text.Split('/');
        return new ContainerKey($"/subscriptions/s/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/{_cluster}", parts[0], parts[1], parts[2], parts[3]);
    }

    private static (string, int?, string) RefusedOf(string[] parts) =>
        (parts[0], parts[1] == "-" ? null : int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[2]);

    private void TakeAmount(string[] parts)
    {
        var field = parts[0] switch
        {
            "requests.cpu" => ResourceField.CpuRequest,
            "limits.cpu" => ResourceField.CpuLimit,
            "requests.memory" => ResourceField.MemoryRequest,
            "limits.memory" => ResourceField.MemoryLimit,
            var other => throw new InvalidOperationException($"{Name}: what is `{other}`?"),
        };
        string? Amount(string text) => text == "none" ? null : text;
        _containers[^1].Amounts.Add(field, (Amount(parts[1]), Amount(parts[^1])));
    }

    private static Recommendation Of(ContainerKey key, Dictionary<ResourceField, (string? From, string? To)> amounts)
    {
        ContainerResources Resources(Func<(string? From, string? To), string?> side)
        {
            string? Text(ResourceField field) => amounts.TryGetValue(field, out var pair) ? side(pair) : null;
            CpuQuantity? Cpu(ResourceField field) => Text(field) is not { } text ? null : CpuQuantity.TryParse(text, out var amount) ? amount : throw new FormatException(text);
            MemoryQuantity? Memory(ResourceField field) => Text(field) is not { } text ? null : MemoryQuantity.TryParse(text, out var amount) ? amount : throw new FormatException(text);
            return new ContainerResources(Cpu(ResourceField.CpuRequest), Cpu(ResourceField.CpuLimit), Memory(ResourceField.MemoryRequest), Memory(ResourceField.MemoryLimit));
        }

        return ChangeSamples.Recommend(key, Resources(p => p.From), Resources(p => p.To));
    }
}

/// <summary>A file of a case.</summary>
internal sealed record CorpusFile(string Path, string Options)
{
    public List<string> Lines { get; } = [];

    public bool IsNew => Has("new");

    public static CorpusFile Of(string head)
    {
        var open = head.IndexOf(" (", StringComparison.Ordinal);
        return open < 0 ? new CorpusFile(head, "") : new CorpusFile(head[..open], head[(open + 2)..^1]);
    }

    /// <summary>The bytes of the lines that are on one side.</summary>
    public byte[] Bytes(char side)
    {
        var lineBreak = Has("crlf") ? "\r\n" : "\n";
        var text = string.Join(lineBreak, Lines.Where(l => l[0] == ' ' || l[0] == side).Select(l => l[1..]));
        if (!Has("no newline at end")) text += lineBreak;
        if (Has("utf16")) return Encoding.Unicode.GetBytes(text);
        return Has("bom") ? [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)] : Encoding.UTF8.GetBytes(text);
    }

    private bool Has(string option) => Options.Split(", ").Contains(option);
}
