using AksInsights.Core.Rightsizing;

namespace AksInsights.Service.Web.Recommendations;

/// <summary>The <c>resources</c> of a container as YAML, now and as proposed, as the lines of a diff: what there is to show where no file is.</summary>
public static class ResourcesDiff
{
    /// <summary>The lines: a sign (a space, + or -) and the text.</summary>
    public static IReadOnlyList<(char Sign, string Text)> Of(ContainerResources now, ContainerResources then)
    {
        var lines = new List<(char, string)> { (' ', "resources:") };
        Add(lines, "requests", [("cpu", now[ResourceField.CpuRequest], then[ResourceField.CpuRequest]), ("memory", now[ResourceField.MemoryRequest], then[ResourceField.MemoryRequest])]);
        Add(lines, "limits", [("cpu", now[ResourceField.CpuLimit], then[ResourceField.CpuLimit]), ("memory", now[ResourceField.MemoryLimit], then[ResourceField.MemoryLimit])]);
        return lines;
    }

    private static void Add(List<(char, string)> lines, string name, (string Field, string? Now, string? Then)[] fields)
    {
        var (before, after) = (fields.Any(field => field.Now is not null), fields.Any(field => field.Then is not null));
        if (!before && !after) return;
        lines.Add((before ? after ? ' ' : '-' : '+', $"  {name}:"));
        foreach (var (field, now, then) in fields)
        {
            if (now == then && now is not null) lines.Add((' ', $"    {field}: {now}"));
            if (now == then) continue;
            if (now is not null) lines.Add(('-', $"    {field}: {now}"));
            if (then is not null) lines.Add(('+', $"    {field}: {then}"));
        }
    }
}
