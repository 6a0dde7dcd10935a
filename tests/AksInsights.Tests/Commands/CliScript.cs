using System.Globalization;
using System.Text;

namespace AksInsights.Tests.Commands;

/// <summary>A script of command lines with everything they print: one text file, in the manner of Go's txtar.</summary>
/// <remarks>
/// <para><c>-- file PATH --</c> begins a file that is there before the first command; <c>$ aksinsights ...</c> begins a step; <c>exit N</c>, <c>-- stdout --</c> and
/// <c>-- stderr --</c> say what it gives, zero and nothing when they are left out. <c>{dir}</c> stands for the folder of the files.</para>
/// <para>Lines before the first of these are notes. Whatever else cannot be read is an error, so that no expectation is lost.</para>
/// </remarks>
internal sealed class CliScript
{
    public List<string> Notes { get; } = [];

    public List<(string Path, string Text)> Files { get; } = [];

    public List<CliStep> Steps { get; } = [];

    public static CliScript Parse(string text)
    {
        var script = new CliScript();
        StringBuilder? section = null;
        Action<string> close = _ => { };
        void Open(Action<string> next)
        {
            if (section is not null) close(section.ToString());
            (section, close) = (new StringBuilder(), next);
        }

        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("-- file ", StringComparison.Ordinal) && line.EndsWith(" --", StringComparison.Ordinal))
                Open(body => script.Files.Add((line[8..^3], body)));
            else if (line.StartsWith("$ aksinsights ", StringComparison.Ordinal))
            {
                Open(rest => Assert.True(string.IsNullOrWhiteSpace(rest), $"Lines that belong to no section: {rest}"));
                script.Steps.Add(new CliStep(line[14..]));
            }
            else if (line is "-- stdout --") Open(body => script.Steps[^1].Out = body);
            else if (line is "-- stderr --") Open(body => script.Steps[^1].Error = body);
            else if (line.StartsWith("exit ", StringComparison.Ordinal) && script.Steps.Count > 0) script.Steps[^1].Exit = int.Parse(line[5..], CultureInfo.InvariantCulture);
            else if (section is null) script.Notes.Add(line);
            else section.Append(line).Append('\n');
        }

        Open(_ => { });
        return script;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var note in Notes) text.Append(note).Append('\n');
        foreach (var (path, body) in Files) text.Append("-- file ").Append(path).Append(" --\n").Append(body);
        foreach (var step in Steps)
        {
            text.Append("$ aksinsights ").Append(step.Arguments).Append('\n');
            if (step.Exit != 0) text.Append("exit ").Append(step.Exit).Append('\n');
            if (step.Out.Length > 0) text.Append("-- stdout --\n").Append(step.Out);
            if (step.Error.Length > 0) text.Append("-- stderr --\n").Append(step.Error);
        }

        return text.ToString();
    }
}

/// <summary>A command line and what it gives.</summary>
internal sealed record CliStep(string Arguments)
{
    public int Exit { get; set; }

    public string Out { get; set; } = "";

    public string Error { get; set; } = "";

    /// <summary>The arguments, split at spaces outside single quotes.</summary>
    public string[] Split()
    {
        var arguments = new List<string>();
        var current = new StringBuilder();
        var (quoted, any) = (false, false);
        foreach (var c in Arguments)
        {
            if (c == '\'') (quoted, any) = (!quoted, true);
            else if (c != ' ' || quoted) (_, any) = (current.Append(c), true);
            else if (any) Flush();
        }

        if (any) Flush();
        return [.. arguments];

        void Flush()
        {
            arguments.Add(current.ToString());
            current.Clear();
            any = false;
        }
    }
}
