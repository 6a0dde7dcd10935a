using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;

namespace AksInsights.Service.Commands;

/// <summary>The files of a query to begin from: an example that follows the idioms of the library and is proven.</summary>
/// <param name="Kql">The text.</param>
/// <param name="Yaml">What the text cannot say.</param>
/// <param name="Tests">The cases.</param>
internal sealed record QueryTemplate(string Kql, string Yaml, string Tests)
{
    private const string LogsKql = """
        // Namespaces in which minPods pods or more are pending in the newest snapshot of their cluster.
        let endTime = now();
        let startTime = endTime - 1h;
        let minPods = 3;
        let pods = KubePodInventory
            | where TimeGenerated between (startTime .. endTime)
            | extend cluster = tolower(ClusterId);
        // A pod that was deleted leaves no row behind: what is not in the newest snapshot is gone.
        let clusters = pods
            | summarize newest = max(TimeGenerated) by cluster;
        pods
        | summarize arg_max(TimeGenerated, PodStatus) by cluster, namespace = Namespace, Name
        | join kind=inner clusters on cluster
        | where TimeGenerated == newest and PodStatus == "Pending"
        | summarize pending = count(), pods = make_set(Name, 20) by cluster, namespace
        | where pending >= minPods

        """;

    private const string LogsYaml = """
        # yaml-language-server: $schema=../schema/query.schema.json
        name: NAME
        title: "{namespace}: {pending} pods are pending"
        description: |
          Say what is detected and how, in plain words. This one counts the pods of a namespace that are pending in the newest snapshot.
        impact: |
          Say what happens to users or operators when nothing is done.
        remediation: |
          1. Say what to do, the first step first: `kubectl get events -n <namespace>`.
        falsePositives:
          - "Say when the finding is true and yet no problem."
        status: experimental
        severity: warning
        key: [cluster, namespace]
        measures:
          pending: { unit: count, threshold: minPods }
        evidence: [pods]
        requires:
          tables: [KubePodInventory]
          freshness: 15m
        schedule: { every: 5m, offset: 5m, lookback: 1h }
        lifecycle: { for: 0m, resolveAfter: 15m, maxFindings: 500 }
        parameters:
          minPods: { describe: "Pending pods of a namespace that make a finding.", min: 1, max: 1000 }
        visualise: { kind: table }

        """;

    private const string LogsTests = """
        # yaml-language-server: $schema=../schema/tests.schema.json
        cases:
          - name: three pending pods of a namespace are one finding
            kind: fires
            start: 2026-01-05T10:00:00Z
            input:
              KubePodInventory:
                - { constants: { ClusterId: /S/C1, Namespace: shop, Name: a, PodStatus: Pending }, count: 3 }
                - { constants: { ClusterId: /s/c1, Namespace: shop, Name: b, PodStatus: Pending }, count: 3 }
                - { constants: { ClusterId: /s/c1, Namespace: shop, Name: c }, series: { PodStatus: "Runningx1 Pending" } }
            evaluate:
              - { at: 1m, findings: [] }
              - at: 2m
                findings:
                  - { key: { cluster: /s/c1, namespace: shop }, severity: warning, measures: { pending: 3 } }

          - name: pods that were pending, and run now or are gone, are none
            kind: near-miss
            start: 2026-01-05T10:00:00Z
            input:
              KubePodInventory:
                - { constants: { ClusterId: /s/c1, Namespace: shop, Name: a }, series: { PodStatus: "Pendingx1 Running" } }
                - { constants: { ClusterId: /s/c1, Namespace: shop, Name: b }, series: { PodStatus: "Pendingx1" } }
                - { constants: { ClusterId: /s/c1, Namespace: shop, Name: c }, series: { PodStatus: "Pendingx2" } }
            evaluate:
              - { at: 2m, findings: [] }

          - name: two are not enough, and pods of two namespaces or clusters do not add up
            kind: boundary
            start: 2026-01-05T10:00:00Z
            input:
              KubePodInventory:
                - { constants: { ClusterId: /s/c1, Namespace: shop, Name: a, PodStatus: Pending }, count: 1 }
                - { constants: { ClusterId: /s/c1, Namespace: shop, Name: b, PodStatus: Pending }, count: 1 }
                - { constants: { ClusterId: /s/c1, Namespace: web, Name: c, PodStatus: Pending }, count: 1 }
                - { constants: { ClusterId: /s/c2, Namespace: shop, Name: d, PodStatus: Pending }, count: 1 }
            evaluate:
              - { at: 0m, findings: [] }

          - name: what is older than the window does not count
            kind: boundary
            start: 2026-01-05T10:00:00Z
            input:
              KubePodInventory:
                - { constants: { ClusterId: /s/c1, Namespace: shop, Name: a, PodStatus: Pending }, count: 1 }
                - { constants: { ClusterId: /s/c1, Namespace: shop, Name: b, PodStatus: Pending }, count: 1 }
                - { constants: { ClusterId: /s/c1, Namespace: shop, Name: c, PodStatus: Pending }, count: 1 }
            evaluate:
              - at: 1h
                findings:
                  - { key: { cluster: /s/c1, namespace: shop }, severity: warning, measures: { pending: 3 } }
              - { at: 61m, findings: [] }

        """;

    private const string GraphKql = """
        // Clusters of the tier Free, which has no promise of uptime.
        let endTime = now();
        let startTime = endTime - 1h;
        Resources
        | where type =~ "microsoft.containerservice/managedclusters"
        | extend tier = tostring(sku.tier)
        | where tier =~ "Free"
        | project cluster = tolower(id), clusterName = name, tier

        """;

    private const string GraphYaml = """
        # yaml-language-server: $schema=../schema/query.schema.json
        name: NAME
        title: "Cluster {clusterName} is of the tier {tier}"
        description: |
          Say what is detected and how, in plain words. This one reads the tier of the cluster from Azure Resource Graph.
        impact: |
          Say what happens to users or operators when nothing is done.
        remediation: |
          1. Say what to do, the first step first: `az aks update -g <group> -n <cluster> --tier standard`.
        falsePositives:
          - "Say when the finding is true and yet no problem."
        status: experimental
        severity: info
        key: [cluster]
        evidence: [clusterName, tier]
        source: resource-graph
        requires:
          tables: [Resources]
        schedule: { every: 6h, offset: 5m, lookback: 1h }
        lifecycle: { for: 0m, resolveAfter: 0m, maxFindings: 500 }
        visualise: { kind: table }

        """;

    private const string GraphTests = """
        # yaml-language-server: $schema=../schema/tests.schema.json
        cases:
          - name: a cluster of the tier Free is told
            kind: fires
            start: 2026-01-05T10:00:00Z
            input:
              Resources:
                - { constants: { id: /Subscriptions/s1/aks1, name: aks1, type: microsoft.containerservice/managedclusters, sku: { tier: Free } }, count: 1 }
            evaluate:
              - at: 0m
                findings:
                  - { key: { cluster: /subscriptions/s1/aks1 }, severity: info, evidence: { tier: Free, clusterName: aks1 } }

          - name: other tiers, and a cluster that does not say its tier, are none
            kind: near-miss
            start: 2026-01-05T10:00:00Z
            input:
              Resources:
                - { constants: { id: /s1/a, name: a, type: microsoft.containerservice/managedclusters, sku: { tier: Standard } }, count: 1 }
                - { constants: { id: /s1/b, name: b, type: microsoft.containerservice/managedclusters }, count: 1 }
                - { constants: { id: /s1/c, name: c, type: microsoft.compute/disks, sku: { tier: Free } }, count: 1 }
            evaluate:
              - { at: 0m, findings: [] }

          - name: type and tier may be written in any case
            kind: boundary
            start: 2026-01-05T10:00:00Z
            input:
              Resources:
                - { constants: { id: /s1/a, name: a, type: Microsoft.ContainerService/managedClusters, sku: { tier: free } }, count: 1 }
            evaluate:
              - at: 0m
                findings:
                  - { key: { cluster: /s1/a }, severity: info }

        """;

    /// <summary>The files of a query of some name.</summary>
    public static QueryTemplate For(QueryId query, QuerySource source)
    {
        var name = char.ToUpperInvariant(query.Name[0]) + query.Name[1..].Replace('-', ' ');
        return source == QuerySource.ResourceGraph
            ? new QueryTemplate(GraphKql, GraphYaml.Replace("NAME", name, StringComparison.Ordinal), GraphTests)
            : new QueryTemplate(LogsKql, LogsYaml.Replace("NAME", name, StringComparison.Ordinal), LogsTests);
    }
}
