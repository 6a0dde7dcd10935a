using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Text;

namespace AksInsights.Service.Serving;

/// <summary>The engine's complaints in the words and codes of the service.</summary>
/// <remarks>
/// The service's codes are not all published: SYN0002, SEM0100 and SEM0260 are taken from its answers, everything else is SEM0001 here. Behind the
/// service's words stand the engine's own, which say more.
/// </remarks>
internal static class QueryErrors
{
    /// <summary>The first mistake of a text; the service reads all of it before it looks at names, so a mistake of syntax comes before others.</summary>
    public static ServiceError Of(SourceText text, IReadOnlyList<Diagnostic> diagnostics)
    {
        var first = diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).OrderBy(d => !IsSyntax(d)).First();
        var place = PlaceOf(text, first.Span);
        var own = first.Help is null ? first.Message : $"{first.Message} {first.Help}";
        if (IsSyntax(first))
        {
            return Syntax(new ServiceError("SYN0002", $"Query could not be parsed at '{place.Token}' on line [{place.Line},{place.Position}]. {own}") { Place = place });
        }

        var (code, words) = first.Code switch
        {
            DiagnosticCodes.UnknownTable or DiagnosticCodes.UnknownName or DiagnosticCodes.UnknownColumn => ("SEM0100", $"{Unresolved(place.Token)}. "),
            DiagnosticCodes.UnknownFunction => ("SEM0260", $"Unknown function: '{place.Token}'. "),
            _ => ("SEM0001", ""),
        };
        return Semantic(new ServiceError(code, words + own) { Place = place });
    }

    /// <summary>A table that can be named but was never collected.</summary>
    public static ServiceError Missing(SyntaxTree query, string table)
    {
        var name = SyntaxWalker.Descendants(query.Root).OfType<NameExpression>().FirstOrDefault(n => n.Name.Text == table);
        var place = name is null ? null : PlaceOf(query.Text, name.Span);
        return Semantic(new ServiceError("SEM0100", $"{Unresolved(table)}. The recording has no file of `{table}`, so it was not collected.") { Place = place });
    }

    /// <summary>A value that only the run knows makes no sense.</summary>
    public static ServiceError Run(string message) => Semantic(new ServiceError("SEM0001", message));

    private static bool IsSyntax(Diagnostic found) => found.Code.StartsWith("KQL1", StringComparison.Ordinal) || found.Code.StartsWith("KQL2", StringComparison.Ordinal);

    private static ServiceError Syntax(ServiceError inner) =>
        ServiceError.BadArgument(new ServiceError("SyntaxError", "A recognition error occurred in the query.") { Inner = inner });

    private static ServiceError Semantic(ServiceError inner) =>
        ServiceError.BadArgument(new ServiceError("SemanticError", "A semantic error occurred.") { Inner = inner });

    private static string Unresolved(string name) => $"'' operator: Failed to resolve table or column or scalar expression named '{name}'";

    private static ErrorPlace PlaceOf(SourceText text, TextSpan span)
    {
        var at = text.PositionOf(span.Start);
        var token = text.Slice(span).ToString();
        var end = token.IndexOfAny(['\r', '\n']);
        return new ErrorPlace(at.Line, at.Column - 1, end < 0 ? token : token[..end]);
    }
}
