using System.Globalization;
using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Core.Changes;

/// <summary>Names that are made of what a change is about, always the same for the same.</summary>
public static class ChangeNames
{
    /// <summary>What the names of all branches begin with.</summary>
    public const string BranchPrefix = "aksinsights/";

    private const int MaxBranch = 120;

    /// <summary>The name of a cluster without the path of its resource id.</summary>
    public static string ClusterOf(ContainerKey key) => key.Cluster[(key.Cluster.LastIndexOf('/') + 1)..];

    /// <summary>What a change is about: a workload of a cluster, a namespace of it, or everything.</summary>
    public static string KeyOf(ContainerKey key, ChangeGrouping grouping) => grouping switch
    {
        ChangeGrouping.Workload => $"{ClusterOf(key)}/{key.Namespace}/{key.WorkloadKind.ToLowerInvariant()}-{key.Workload}",
        ChangeGrouping.Namespace => $"{ClusterOf(key)}/{key.Namespace}/all",
        _ => "all",
    };

    /// <summary>The branch of a change that was made before: the second one has the number 2 behind its name.</summary>
    /// <param name="key">What the change is about.</param>
    /// <param name="number">Counted from 1.</param>
    public static string BranchOf(string key, int number) => number == 1 ? BranchOf(key) : string.Create(CultureInfo.InvariantCulture, $"{BranchOf(key)}.{number}");

    /// <summary>The branch of a change. Characters that a branch cannot have are replaced; a hash keeps apart what that makes equal.</summary>
    public static string BranchOf(string key)
    {
        var parts = key.Split('/').Select(part => string.Concat(part.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')).Trim('-'));
        var clean = string.Join('/', parts.Select(p => p.Length == 0 ? "x" : p));
        var name = BranchPrefix + clean;
        if (clean == key && name.Length <= MaxBranch) return name;
        return $"{(name.Length > MaxBranch ? name[..MaxBranch].TrimEnd('/', '-') : name)}-{RevisionHash.Of(key)[..8]}";
    }
}

/// <summary>What goes into one change.</summary>
public enum ChangeGrouping
{
    /// <summary>The containers of one workload.</summary>
    Workload,

    /// <summary>The workloads of one namespace.</summary>
    Namespace,

    /// <summary>Everything.</summary>
    All,
}
