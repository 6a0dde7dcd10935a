using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace AksInsights.Core.Dashboards;

/// <summary>A dashboard as Grafana takes it: by file, ConfigMap, operator resource or HTTP.</summary>
/// <param name="Uid">Its name for ever, at most 40 characters; links between dashboards use it.</param>
/// <param name="Title">What people see; unique in its folder.</param>
/// <param name="Folder">The title of the folder it belongs in.</param>
/// <param name="FileName">The name of its file without a folder, such as <c>fleet.json</c>; unique within a flavour.</param>
/// <param name="Content">The classic dashboard object, with <c>id</c> null and without a version. Not to be changed: take a deep copy.</param>
public sealed record DashboardFile(string Uid, string Title, string Folder, string FileName, JObject Content)
{
    /// <summary>The content as it is written to disk: two blanks a level, line feeds, one at the end. The same dashboard gives the same text.</summary>
    public string Text()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using (var json = new JsonTextWriter(text) { Formatting = Formatting.Indented, CloseOutput = false }) Content.WriteTo(json);
        text.Write('\n');
        return text.ToString();
    }
}
