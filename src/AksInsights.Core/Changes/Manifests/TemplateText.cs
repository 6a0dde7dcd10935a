using AksInsights.Core.Changes.Yaml;

namespace AksInsights.Core.Changes.Manifests;

/// <summary>Finds marks of a template in a document that can be read all the same, as <c>image: shop:{{ .Values.tag }}</c>.</summary>
internal static class TemplateText
{
    /// <summary>The first value that a template engine would fill in; null when there is none. Quoted texts and blocks may hold braces of their own.</summary>
    public static SourceNode? Find(SourceNode node) => node switch
    {
        SourceScalar { Form: ScalarForm.Plain } scalar => scalar.Value.Contains("{{", StringComparison.Ordinal) ? scalar : null,
        SourceMap map => map.Entries.Select(e => Find(e.Key) ?? Find(e.Value)).FirstOrDefault(found => found is not null),
        SourceList list => list.Items.Select(Find).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
