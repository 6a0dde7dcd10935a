namespace AksInsights.Tests.Scanning;

/// <summary>What is wrong in <c>samples/workspace-demo</c>, by who put it there: <c>demo-truth.tsv</c>.</summary>
internal sealed class DemoTruth
{
    private static readonly string[] Fields = ["namespace", "workload", "container", "node"];

    private readonly List<Fault> _faults = [.. File.ReadLines(Repository.Path("tests", "AksInsights.Tests", "Scanning", "demo-truth.tsv")).Skip(1).Select(Read)];

    /// <summary>How many faults a scan must find.</summary>
    public int Expected => _faults.Count(f => f.Verdict == "expected");

    /// <summary>Whether anything is known about a check.</summary>
    public bool Judges(string check) => _faults.Exists(f => f.Check == check && f.Verdict == "expected");

    /// <summary>All that findings get wrong: faults that none of them tells, problems that are none, and faults that are told twice.</summary>
    public IEnumerable<string> Mistakes(IEnumerable<OpenFinding> findings)
    {
        var told = new HashSet<Fault>();
        foreach (var finding in findings.Where(f => Judges(f.Check)))
        {
            var hits = _faults.Where(f => f.Check == finding.Check && f.Verdict == "expected" && IsAbout(finding, f)).ToList();
            if (hits.Count > 0)
            {
                if (hits.TrueForAll(told.Contains)) yield return $"told again: {finding}";
                told.UnionWith(hits);
            }
            else if (_faults.Find(f => f.Check == finding.Check && IsAbout(finding, f)) is not { Verdict: "tolerated" } fault)
            {
                yield return $"no problem: {finding} {_faults.Find(f => f.Check == finding.Check && f.Verdict == "near-miss" && IsAbout(finding, f))?.Why}";
            }
        }

        foreach (var missed in _faults.Where(f => f.Verdict == "expected" && !told.Contains(f))) yield return $"not found: {missed}";
    }

    private static Fault Read(string line)
    {
        var cells = line.Split('\t');
        return new Fault(cells[0], cells[1], cells[2], new Dictionary<string, string>(Fields.Zip(cells[3..7], KeyValuePair.Create)), cells[7]);
    }

    /// <summary>Whatever both name agrees, and the finding names what the fault is about.</summary>
    private static bool IsAbout(OpenFinding finding, Fault fault)
    {
        if (!finding.Key.GetValueOrDefault("cluster", "").EndsWith("/" + fault.Cluster, StringComparison.Ordinal)) return false;
        if (Fields.Any(f => fault.Subject[f].Length > 0 && finding.Key.TryGetValue(f, out var name) && !IsSameName(fault.Subject[f], name))) return false;
        var main = Array.Find(["workload", "node", "namespace"], f => fault.Subject[f].Length > 0);
        // Errors of the agent may be told for the cluster; a volume stands for the workload that writes it.
        return main is null || fault.Check == "agent-errors" || finding.Key.ContainsKey(main) || (main == "workload" && finding.Key.ContainsKey("pvc"));
    }

    /// <summary>Names agree, or one is a pattern with a star at its end, or the run of a CronJob is told under the CronJob's name.</summary>
    private static bool IsSameName(string fault, string found) =>
        string.Equals(fault, found, StringComparison.OrdinalIgnoreCase)
        || (fault.EndsWith('*') && found.StartsWith(fault[..^1], StringComparison.OrdinalIgnoreCase))
        || (fault.StartsWith(found + "-", StringComparison.OrdinalIgnoreCase) && fault[(found.Length + 1)..].All(char.IsAsciiDigit));

    private sealed record Fault(string Verdict, string Check, string Cluster, Dictionary<string, string> Subject, string Why)
    {
        public override string ToString() => $"{Check} {Cluster} {string.Join(' ', Subject.Values.Where(v => v.Length > 0))}";
    }
}
