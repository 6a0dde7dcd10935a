using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;

namespace AksInsights.Kql.Syntax;

/// <summary>A query text as a tree, with the mistakes found in it. Immutable.</summary>
/// <param name="Text">The text.</param>
/// <param name="Root">The tree; where something was missing it holds <see cref="MissingExpression"/> and empty names.</param>
/// <param name="Diagnostics">The mistakes, by their place; empty when the text is well formed.</param>
public sealed record SyntaxTree(SourceText Text, QuerySyntax Root, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>How many levels a tree has at most, long chains of operators included, so that whoever recurses over it is safe.</summary>
    internal const int MaxDepth = 800;

    /// <summary>True when the text has at least one error, and so cannot run.</summary>
    public bool HasErrors => Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>Reads a query. Never fails: mistakes are in <see cref="Diagnostics"/>. Cost: O(length of the text).</summary>
    /// <param name="text">The query.</param>
    /// <param name="name">The file or other name to show in messages; null when it has none.</param>
    public static SyntaxTree Parse(string text, string? name = null)
    {
        var diagnostics = new DiagnosticBag();
        var root = Parser.Parse(text, diagnostics);
        if (SyntaxWalker.FindBelow(root, MaxDepth) is { } deep)
        {
            diagnostics.TooDeep(deep.Span, MaxDepth);
            root = root with { Statements = [] };
        }

        return new SyntaxTree(new SourceText(text, name), root, diagnostics.ToOrderedList());
    }
}
