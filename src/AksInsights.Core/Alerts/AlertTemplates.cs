using HandlebarsDotNet;

namespace AksInsights.Core.Alerts;

/// <summary>The texts of alerts and digests, as Handlebars templates that users can override file by file. Safe for concurrent use.</summary>
/// <remarks>
/// A template gives plain text; channels do the escaping, so a template cannot break a card or a mail. The result is made one line, without
/// characters that a terminal or a reader's direction of writing would obey.
/// </remarks>
public sealed class AlertTemplates
{
    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal)
    {
        ["alert-title"] = "{{#if single}}{{state}}: {{title}}{{else}}{{counts}}{{#if group}}: {{group}}{{/if}}{{/if}}",
        ["alert-line"] = "{{state}}: {{title}}",
        ["alert-detail"] =
            "{{#if over}}Over after {{age}}{{#if reason}} ({{reason}}){{/if}}.{{else}}{{severity}}, since {{since}} ({{age}}){{#if measured}}, {{measured}}{{/if}}.{{/if}}"
            + "{{#if clusterName}} Cluster {{clusterName}}.{{/if}}{{#if owner}} Owner {{owner}}.{{/if}}",
        ["digest-title"] = "AksInsights{{#if scope}} {{scope}}{{/if}}: {{headline}}",
        ["digest-line"] = "{{title}}",
        ["digest-detail"] = "{{severity}}, {{age}}{{#if measured}}, {{measured}}{{/if}}{{#if clusterName}}, cluster {{clusterName}}{{/if}}{{#if reason}} ({{reason}}){{/if}}",
    };

    private readonly Dictionary<string, HandlebarsTemplate<object, object>> _templates = new(StringComparer.Ordinal);

    private AlertTemplates()
    {
    }

    /// <summary>The templates that are shipped.</summary>
    public static AlertTemplates Shipped { get; } = Create([], out _);

    /// <summary>The names of all templates.</summary>
    public static IReadOnlyCollection<string> Names => Defaults.Keys;

    /// <summary>A template as shipped, to start from.</summary>
    public static string Default(string name) => Defaults[name];

    /// <summary>Reads the templates of a folder, <c>NAME.hbs</c> each; those that are not there are the shipped ones.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="mistakes">What is wrong with its files, in full sentences; a template with a mistake is the shipped one.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static AlertTemplates ReadFolder(string folder, out IReadOnlyList<string> mistakes)
    {
        var files = Directory.EnumerateFiles(folder, "*.hbs").Order(StringComparer.Ordinal);
        return Create(files.Select(file => (file, File.ReadAllText(file))), out mistakes);
    }

    /// <summary>Fills a template.</summary>
    /// <param name="name">Its name, one of <see cref="Names"/>.</param>
    /// <param name="values">The values by name; null and empty ones count as absent.</param>
    /// <exception cref="AlertTemplateException">The template asks for what Handlebars cannot do with these values.</exception>
    public string Render(string name, IReadOnlyDictionary<string, object?> values)
    {
        try
        {
            return PlainText.Line(_templates[name](values));
        }
        catch (HandlebarsException error)
        {
            throw new AlertTemplateException($"The template `{name}` cannot be filled: {error.Message}", error);
        }
    }

    private static AlertTemplates Create(IEnumerable<(string File, string Text)> overrides, out IReadOnlyList<string> mistakes)
    {
        // No escaping: the texts are plain, and each channel escapes as its format needs.
        var handlebars = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });
        var found = new List<string>();
        var templates = new AlertTemplates();
        foreach (var (name, text) in Defaults) templates._templates[name] = handlebars.Compile(text);
        foreach (var (file, text) in overrides)
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (!Defaults.ContainsKey(name))
            {
                found.Add($"{file}: There is no template `{name}`. There are {string.Join(", ", Defaults.Keys.Select(k => $"`{k}`"))}.");
                continue;
            }

            try
            {
                templates._templates[name] = handlebars.Compile(text);
            }
            catch (HandlebarsException error)
            {
                found.Add($"{file}: This is no Handlebars template: {error.Message}");
            }
        }

        mistakes = found;
        return templates;
    }
}

/// <summary>A user's template that cannot be filled.</summary>
public sealed class AlertTemplateException(string message, Exception inner) : Exception(message, inner);
