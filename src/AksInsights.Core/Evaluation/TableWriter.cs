using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Evaluation;

/// <summary>Who writes a table, and so what to do when it is missing.</summary>
internal static class TableWriter
{
    // What Container Insights can be asked for table by table has checks that most people want; what needs a setting of its own is a choice.
    private static readonly HashSet<string> ControlPlane = new(StringComparer.Ordinal) { "AKSAudit", "AKSAuditAdmin", "AKSControlPlane", "AzureDiagnostics" };
    private static readonly HashSet<string> Workspace = new(StringComparer.Ordinal) { "Operation", "Usage" };

    /// <summary>Whether the agent of Container Insights writes a table.</summary>
    public static bool IsAgent(string? table) => table is not null && !ControlPlane.Contains(table) && !Workspace.Contains(table) && table != ResourceGraphTables.Resources;

    /// <summary>How to come by a table, as a full sentence.</summary>
    public static string Advice(string table)
    {
        if (ControlPlane.Contains(table)) return "Add a diagnostic setting to the cluster that sends its control-plane logs to this workspace, as resource-specific tables.";
        if (Workspace.Contains(table)) return "Log Analytics writes it by itself; a recording must be made to contain it.";
        return table == ResourceGraphTables.Resources ? "It comes from Azure Resource Graph; a recording has it as the file Resources.json, which `az graph query` writes." : "Enable its collection in Container Insights.";
    }
}
