using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Core.Queries.Linting;
using AksInsights.Core.Workspaces;
using AksInsights.Kql;
using AksInsights.Kql.Syntax;

namespace AksInsights.Tests.Queries.Linting;

/// <summary>Each rule with queries that break it and neighbours that keep it.</summary>
public class QueryLintTests
{
    private const string Pods = "KubePodInventory | where TimeGenerated between (startTime .. endTime) | extend cluster = tolower(ClusterId)";
    private const string Events = "KubeEvents | where TimeGenerated between (startTime .. endTime) | extend cluster = tolower(ClusterId)";
    private const string Counters = "Perf | where TimeGenerated between (startTime .. endTime) | extend cluster = tolower(_ResourceId)";
    private const string Metrics = "InsightsMetrics | where TimeGenerated between (startTime .. endTime) | extend cluster = tolower(_ResourceId)";
    private const string Recent = "| where coalesce(LastSeen, TimeGenerated) > endTime - 15m";

    /// <summary>Queries that break one rule, and the text at the place that is told.</summary>
    public static TheoryData<string, string, string> Broken => new()
    {
        { "AKI1050", "KubePodInventory | summarize by cluster = tolower(ClusterId)", "KubePodInventory" },
        { "AKI1050", "KubePodInventory | where PodStatus == \"Failed\" | where TimeGenerated > startTime and TimeGenerated <= endTime | summarize by cluster = tolower(ClusterId)", "KubePodInventory" },
        { "AKI1050", "KubePodInventory | where TimeGenerated > startTime | summarize by cluster = tolower(ClusterId)", "KubePodInventory" },
        { "AKI1050", "KubePodInventory | where TimeGenerated between (datetime(2026-01-01) .. datetime(2026-01-02)) | summarize by cluster = tolower(ClusterId)", "KubePodInventory" },
        { "AKI1050", $"{Pods} | summarize by cluster | join kind=inner (KubeNodeInventory | project cluster = tolower(ClusterId)) on cluster", "KubeNodeInventory" },
        { "AKI1050", "union KubePodInventory, KubePVInventory | where TimeGenerated between (startTime .. endTime) | summarize by cluster = tolower(ClusterId)", "KubePodInventory" },
        { "AKI1050", "find in (KubePodInventory) where PodStatus == \"Failed\" project ClusterId | summarize by cluster = tolower(ClusterId) | where isnotempty(cluster)", "KubePodInventory" },
        { "AKI1051", $"{Pods} | where PodCreationTimeStamp > ago(1h) | summarize by cluster", "ago" },
        { "AKI1051", $"let t = now(); {Pods} | where PodCreationTimeStamp > t | summarize by cluster", "now" },
        { "AKI1052", "search \"oom\" | summarize by cluster = tolower(_ResourceId) | where isnotempty(cluster)", "search" },
        { "AKI1052", "search in (KubeEvents) \"oom\" | where TimeGenerated > startTime | extend cluster = tolower(ClusterId) | where isnotempty(cluster)", "search" },
        { "AKI1052", "union Kube* | where TimeGenerated between (startTime .. endTime) | extend cluster = tolower(_ResourceId) | where isnotempty(cluster)", "Kube*" },
        { "AKI1053", $"{Pods} | summarize by cluster, workload = ControllerName", "workload = ControllerName" },
        { "AKI1053", $"{Pods} | summarize by cluster, workload = iff(ControllerKind == \"Job\", \"job\", ControllerName)", "workload = iff(ControllerKind == \"Job\", \"job\", ControllerName)" },
        { "AKI1053", $"{Pods} | summarize by cluster, workload = extract(\"^(.+)-[^-]+$\", 1, Name)", "workload = extract(\"^(.+)-[^-]+$\", 1, Name)" },
        { "AKI1053", $"let nodes = KubeNodeInventory | where TimeGenerated between (startTime .. endTime) | summarize by cluster = tolower(ClusterId), workload = Computer; {Pods} | summarize by cluster | join kind=leftouter nodes on cluster | project cluster, workload", "workload" },
        { "AKI1053", $"{Pods} | sort by Name asc | extend workload = prev(Name) | summarize by cluster, workload", "workload" },
        { "AKI1053", $"{Pods} | extend owned = isnotempty(ControllerName) | where not(owned) | summarize by cluster, workload = ControllerName", "workload = ControllerName" },
        { "AKI1053", $"{Events} {Recent} | where ObjectKind == \"Node\" | summarize by cluster, namespace = Namespace", "namespace = Namespace" },
        { "AKI1054", $"{Pods} | summarize by cluster, workload = ContainerRestartCount", "workload = ContainerRestartCount" },
        { "AKI1055", $"{Pods} | summarize Severity = count() by cluster", "Severity = count()" },
        { "AKI1056", $"{Events} | where Reason == \"Evicted\" | summarize by cluster", "KubeEvents" },
        { "AKI1056", $"{Events} | where isnotnull(LastSeen) and LastSeen > TimeGenerated | summarize by cluster", "KubeEvents" },
        { "AKI1057", $"{Pods} | summarize restarts = sum(ContainerRestartCount) by cluster", "sum(ContainerRestartCount)" },
        { "AKI1057", $"{Events} {Recent} | extend n = coalesce(Count, 1.0) | summarize times = sumif(n, Reason == \"BackOff\") by cluster", "sumif(n, Reason == \"BackOff\")" },
        { "AKI1057", $"{Metrics} | where Name == \"err_in\" | summarize errors = sum(Val) by cluster", "sum(Val)" },
        { "AKI1057", $"{Pods} | sort by TimeGenerated asc | extend all = row_cumsum(tolong(ContainerRestartCount)) | summarize max(all) by cluster", "row_cumsum(tolong(ContainerRestartCount))" },
        { "AKI1058", $"{Counters} | extend pod = tostring(split(InstanceName, \"/\")[9]) | where isnotempty(pod) | summarize by cluster, pod", "split(InstanceName, \"/\")[9]" },
        { "AKI1058", $"{Counters} | extend parts = split(tolower(InstanceName), \"/\") | extend pod = tostring(parts[9]) | summarize dcount(pod) by cluster", "parts[9]" },
        { "AKI1058", $"{Counters} | extend pod = split(InstanceName, \"/\", 9) | summarize count() by cluster", "split(InstanceName, \"/\", 9)" },
        { "AKI1058", $"{Counters} | parse InstanceName with * \"/managedClusters/\" rest:string | summarize dcount(rest) by cluster", "parse InstanceName with * \"/managedClusters/\" rest:string" },
        { "AKI1059", $"{Pods} | where ClusterId == \"x\" | summarize by cluster", "==" },
        { "AKI1059", $"{Pods} | where ClusterId in (\"x\") | summarize by cluster", "ClusterId" },
        { "AKI1059", "KubePodInventory | where TimeGenerated between (startTime .. endTime) | summarize count() by cluster = ClusterId", "cluster = ClusterId" },
        { "AKI1059", $"let nodes = KubeNodeInventory | where TimeGenerated between (startTime .. endTime) | distinct ClusterId = tolower(ClusterId); {Pods} | join kind=inner nodes on ClusterId | summarize by cluster", "ClusterId" },
        { "AKI1059", $"{Counters} | summarize max(CounterValue) by cluster, InstanceName | summarize by cluster", "InstanceName" },
        { "AKI1059", $"{Metrics} | extend id = tostring(parse_json(Tags)[\"container.azm.ms/clusterId\"]) | summarize count() by cluster, id", "id" },
        { "AKI1066", $"{Pods} | extend kind = PodStatus | summarize by cluster, phase = ['kind'] | summarize by cluster", "kind" },
        { "AKI1066", $"let title = 5; {Pods} | summarize pods = count() by cluster | where pods > title", "title" },
        { "AKI1066", $"{Pods} | summarize last = max(TimeGenerated) by cluster", "last" },
        { "AKI1067", $"union ({Pods} | distinct cluster), (KubeServices | where TimeGenerated between (startTime .. endTime) | distinct cluster = tolower(ClusterId)) | where isnotempty(cluster)", "KubeServices" },
        { "AKI1067", $"{Pods} | summarize by cluster | join kind=inner (KubeServices | where TimeGenerated between (startTime .. endTime) | distinct cluster = tolower(ClusterId)) on cluster | project cluster", "KubeServices" },
    };

    /// <summary>Queries that come close to breaking a rule and keep them all.</summary>
    public static TheoryData<string, string> Kept => new()
    {
        { "both ends may be compared one by one", "KubePodInventory | where TimeGenerated >= startTime - 1h and TimeGenerated < endTime and PodStatus == \"Failed\" | summarize by cluster = tolower(ClusterId)" },
        { "a let that was filtered needs no second filter", $"let pods = {Pods}; pods | join kind=inner (pods | where PodStatus == \"Failed\" | distinct cluster) on cluster | summarize by cluster" },
        { "a let may have the name of a table", $"let KubePVInventory = {Pods}; KubePVInventory | summarize by cluster" },
        { "a function filters the table that it is given", "let recent = (T:(TimeGenerated:datetime, ClusterId:string)) { T | summarize by cluster = tolower(ClusterId) }; recent(KubePodInventory | where TimeGenerated between (startTime .. endTime))" },
        { "a column may be called like the clock", $"{Pods} | extend ago = 1h, now = endTime | where PodCreationTimeStamp > now - ago | summarize by cluster" },
        { "a table that a union says may be missing", $"union isfuzzy=true ({Pods} | distinct cluster), (KubeServices | where TimeGenerated between (startTime .. endTime) | distinct cluster = tolower(ClusterId)) | where isnotempty(cluster)" },
        { "a reserved word in brackets, in other case or as a part of a name", $"{Pods} | extend ['kind'] = PodStatus, Time = TimeGenerated, kinds = 1 | summarize by cluster" },
        { "a reserved word as an option of an operator", $"{Pods} | summarize by cluster | join kind=leftouter (datatable(cluster:string)[]) on cluster | project cluster" },
        { "find in tables that are named, with their time", "find in (KubePodInventory) where TimeGenerated between (startTime .. endTime) and PodStatus == \"Failed\" project ClusterId | summarize by cluster = tolower(ClusterId) | where isnotempty(cluster)" },
        { "a filter proves", $"{Pods} | where isnotempty(ControllerName) | summarize by cluster, workload = ControllerName" },
        { "a comparison proves", $"{Pods} | where ControllerKind in (\"Job\", \"DaemonSet\") | summarize by cluster, workload = ControllerName" },
        { "a flag proves what it was made of", $"{Pods} | extend job = ControllerKind == \"Job\" and PodStatus == \"Failed\" | where job | summarize by cluster, workload = ControllerName" },
        { "case takes its branches one by one", $"{Pods} | summarize by cluster, workload = case(isempty(ControllerKind), Name, PodStatus == \"Failed\", ControllerName, ControllerKind)" },
        { "coalesce proves", $"{Pods} | summarize by cluster, workload = coalesce(ControllerName, Name)" },
        { "an expression that always finds proves", $"{Pods} | summarize by cluster, workload = extract(\"^(.+?)(-[0-9]{{8,}})?$\", 1, Name)" },
        { "an inner join takes the side that is filled", $"let named = {Pods} | where isnotempty(ControllerName) | distinct cluster, ControllerName; {Pods} | join kind=inner named on cluster, ControllerName | summarize by cluster, workload = ControllerName" },
        { "an event about a pod has a namespace", $"{Events} {Recent} | where ObjectKind == \"Pod\" | summarize by cluster, namespace = Namespace" },
        { "a flag of text", $"{Pods} | summarize n = count() by cluster | extend Severity = iff(n > 5, \"error\", \"warning\")" },
        { "the last sighting may be compared late", $"{Events} | summarize seenAt = max(coalesce(LastSeen, TimeGenerated)) by cluster, Name | where seenAt > endTime - 15m | summarize by cluster" },
        { "the last sighting may be compared in an aggregate", $"{Events} | summarize n = countif(LastSeen between (startTime .. endTime)) by cluster" },
        { "rises are added up", $"{Pods} | sort by ContainerName asc, TimeGenerated asc | extend rise = iff(ContainerRestartCount > prev(ContainerRestartCount), ContainerRestartCount - prev(ContainerRestartCount), 0) | summarize restarts = sum(rise) by cluster" },
        { "after a reset the count is the rise", $"{Metrics} | where Name == \"err_in\" | sort by Tags asc, TimeGenerated asc | extend rise = iff(Val >= prev(Val), Val - prev(Val), Val) | summarize errors = sum(rise) by cluster" },
        { "the last count of each subject is added up", $"{Pods} | summarize restarts = max(ContainerRestartCount) by cluster, ContainerName | summarize restarts = sum(restarts) by cluster" },
        { "a gauge is added up", $"{Metrics} | where Name == \"used_percent\" | summarize used = sum(Val) by cluster" },
        { "from the end", $"{Counters} | extend container = tostring(split(InstanceName, \"/\")[-1]), path = tostring(split(CounterPath, \"/\")[2]) | summarize dcount(container), dcount(path) by cluster" },
        { "comparison without case", $"{Pods} | where ClusterId =~ \"x\" and ClusterId has \"x\" and tolower(ClusterId) == \"x\" | summarize by cluster" },
        { "keys in lower case", $"{Counters} | summarize max(CounterValue) by cluster, instance = tolower(InstanceName) | summarize by cluster" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void ABrokenRuleIsToldAtItsPlace(string code, string body, string place)
    {
        var found = Check(body);
        Assert.Equal((code, place), found.Select(f => (f.Diagnostic.Code, f.Source.Slice(f.Diagnostic.Span).ToString())).First());
        Assert.All(found, f => Assert.Equal(code, f.Diagnostic.Code));
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void ANeighbourThatKeepsTheRuleIsLeftAlone(string why, string body)
    {
        Assert.NotEqual("", why);
        Assert.Equal("", string.Concat(Check(body).Select(f => f.Print())));
    }

    [Fact]
    public void AQueryMayHaveTenThousandCharacters()
    {
        var body = $"{Pods} | summarize by cluster // ";
        var room = QueryLint.MostCharacters - Text(body).Kql.Length;
        Assert.Empty(Check(body + new string('x', room)));
        Assert.Equal("AKI1060", Assert.Single(Check(body + new string('x', room + 1))).Diagnostic.Code);
    }

    [Fact]
    public void AParameterMustBeUsed()
    {
        var found = Assert.Single(Check($"let minPods = 3; let window = 15m; {Pods} | where TimeGenerated > endTime - window | summarize by cluster"));
        Assert.Equal(("AKI1061", "minPods"), (found.Diagnostic.Code, found.Source.Slice(found.Diagnostic.Span).ToString()));
    }

    [Theory]
    [InlineData("Resources | project cluster = tolower(id)", QuerySource.ResourceGraph, null, null)]
    [InlineData("Resources | project cluster = tolower(id)", QuerySource.LogAnalytics, "AKI1064", "Resources")]
    [InlineData($"{Pods} | summarize by cluster", QuerySource.ResourceGraph, "AKI1064", "KubePodInventory")]
    [InlineData("let r = Resources; r | project cluster = tolower(id)", QuerySource.ResourceGraph, "AKI1065", "let r = Resources")]
    [InlineData("Resources | project cluster = tolower(id) | serialize", QuerySource.ResourceGraph, "AKI1065", "serialize")]
    [InlineData("Resources | project cluster = tolower(id) | join kind=leftanti (Resources | project cluster = tolower(id)) on cluster", QuerySource.ResourceGraph, "AKI1065", "join kind=leftanti (Resources | project cluster = tolower(id)) on cluster")]
    [InlineData("Resources | project cluster = tolower(id) | join kind=leftouter (Resources | project cluster = tolower(id)) on cluster", QuerySource.ResourceGraph, null, null)]
    [InlineData("Resources | mv-expand a = zones | mv-expand b = zones | mv-expand c = zones | mv-expand d = zones | project cluster = tolower(id)", QuerySource.ResourceGraph, "AKI1065", "mv-expand d = zones")]
    public void AQueryAsksOneSourceInItsOwnLanguage(string body, QuerySource source, string? code, string? place)
    {
        var found = Check(body, source);
        Assert.Equal(code is null ? [] : [(code, place!)], found.Select(f => (f.Diagnostic.Code, f.Source.Slice(f.Diagnostic.Span).ToString())));
    }

    [Fact]
    public void ARuleThatAQueryIsExemptFromIsNotTold()
    {
        var body = $"{Pods} | summarize by cluster, workload = ControllerName";
        Assert.Empty(Check(body, "AKI1053"));
        Assert.Equal(["AKI1062"], Check(body, "AKI1053", "AKI1050").Select(f => f.Diagnostic.Code));
        Assert.Equal(["AKI1053", "AKI1063"], Check(body, "AKI1021").Select(f => f.Diagnostic.Code));
    }

    [Fact]
    public void EveryRuleHasAQueryThatBreaksIt()
    {
        var broken = Broken.Select(row => (string)row[0]).Concat(["AKI1060", "AKI1061", "AKI1064", "AKI1065"]).Distinct();
        Assert.Equal(QueryLint.Rules, broken.Order(StringComparer.Ordinal));
    }

    private static IReadOnlyList<FileDiagnostic> Check(string body, params string[] allowed) => Check(body, QuerySource.LogAnalytics, allowed);

    private static IReadOnlyList<FileDiagnostic> Check(string body, QuerySource source, params string[] allowed)
    {
        var folder = Directory.CreateTempSubdirectory("lint");
        try
        {
            var text = Text(body);
            var metadata = new QueryMetadata
            {
                Name = "n",
                Title = TextTemplate.Empty,
                Description = "d",
                Impact = "i",
                Remediation = "r",
                Severity = Severity.Warning,
                Key = ["cluster", "namespace", "workload", "pod"],
                Source = source,
                Requires = new DataRequirement { Tables = [.. KnownTables.ByName.Keys.Where(t => t != "KubeServices")] },
                Schedule = new QuerySchedule { Every = TimeSpan.FromMinutes(5), Lookback = TimeSpan.FromHours(1) },
                Lint = new LintExemptions { Allow = [.. allowed.Select(code => new LintExemption { Code = code, Reason = "r" })] },
            };
            var file = Path.Combine(folder.FullName, "q.kql");
            var query = new QueryDefinition { Id = new QueryId("pods/q"), Metadata = metadata, Text = text, Revision = "1", KqlFile = file };
            File.WriteAllText(query.YamlFile, $"lint:\n  allow: [{string.Join(", ", allowed.Select(code => $"{{ code: {code}, reason: r }}"))}]\n");
            AssertCompiles(text.Kql);
            return QueryLint.Check(query, [.. KnownTables.ByName.Values]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static QueryText Text(string body)
    {
        var kql = "let endTime = now();\nlet startTime = endTime - 1h;\n" + body;
        var root = SyntaxTree.Parse(kql).Root;
        return new QueryText(kql, root, QueryHeader.Read(root, new FileReport("q.kql", kql))!);
    }

    // A query that does not compile is not linted, so a test would pass that checks nothing.
    private static void AssertCompiles(string kql)
    {
        new KqlEngine(new EmptyTables([.. KnownTables.ByName.Values])).TryCompile(kql, null, out var query, out var diagnostics);
        Assert.True(query is not null, string.Join("\n", diagnostics.Select(d => d.Message)));
    }
}
