using AksInsights.Kql.Syntax;
using AksInsights.Kql.Text;

namespace AksInsights.Kql.Diagnostics;

/// <summary>This part: reading the grammar, KQL2xxx.</summary>
internal static partial class Report
{
    private static readonly string[] TypeNames =
        ["bool", "datetime", "decimal", "dynamic", "guid", "int", "long", "real", "string", "timespan"];

    /// <summary>Something other than what the grammar needs.</summary>
    public static void UnexpectedToken(this DiagnosticBag bag, TextSpan span, string expected, string found, string? help) =>
        bag.AddError(DiagnosticCodes.UnexpectedToken, span, $"Expected {expected}, found {found}.", help);

    /// <summary>A word behind a pipe that is no operator.</summary>
    public static void UnknownOperator(this DiagnosticBag bag, TextSpan span, string word)
    {
        var help = word.ToLowerInvariant() switch
        {
            "select" or "columns" => "Columns are chosen by `project`.",
            "group" or "groupby" or "stats" or "aggregate" => "Rows are grouped by `summarize ... by ...`.",
            "having" or "if" => "Rows are chosen by `where`.",
            "orderby" or "sortby" => "Rows are sorted by `sort by ...`.",
            "head" or "first" => "The first rows are taken by `take`, or after sorting by `top ... by ...`.",
            "eval" or "let" or "set" or "compute" => "Columns are computed by `extend`.",
            "unnest" or "flatten" or "explode" => "Arrays become rows by `mv-expand`.",
            "unique" or "dedup" => "Equal rows become one by `distinct`.",
            "rename" => "Columns are renamed by `project-rename`.",
            _ => NearestNames.Sentence(word, OperatorNames.Supported),
        };
        bag.AddError(DiagnosticCodes.UnknownOperator, span, $"There is no operator `{word}`.", help);
    }

    /// <summary>A part of the query nested beyond the limit.</summary>
    public static void TooDeep(this DiagnosticBag bag, TextSpan span, int limit) => bag.AddError(
        DiagnosticCodes.TooDeep, span, $"The query is nested more than {limit} levels deep.",
        "Name parts of it by `let`; many alternatives in a row are shorter as `in (...)`.");

    /// <summary>A word that is no type.</summary>
    public static void UnknownType(this DiagnosticBag bag, TextSpan span, string word) => bag.AddError(
        DiagnosticCodes.UnknownType, span, $"There is no type `{word}`.",
        NearestNames.Sentence(word, TypeNames) ?? $"The types are {string.Join(", ", TypeNames)}.");

    /// <summary>A text with nothing to run.</summary>
    public static void EmptyQuery(this DiagnosticBag bag, TextSpan span) => bag.AddError(
        DiagnosticCodes.EmptyQuery, span, "There is no query here, only white space, comments or semicolons.",
        "A query starts with the name of a table: `KubePodInventory | take 10`.");

    /// <summary>A bracket that is still open where the statement ends.</summary>
    public static void UnclosedBracket(this DiagnosticBag bag, TextSpan opening, char open, char close, string found) => bag.AddError(
        DiagnosticCodes.UnclosedBracket, opening, $"`{open}` is not closed: expected `{close}`, found {found}.");

    /// <summary>A single <c>=</c> in a condition.</summary>
    public static void AssignmentInCondition(this DiagnosticBag bag, TextSpan span) => bag.AddError(
        DiagnosticCodes.AssignmentInCondition, span, "`=` gives a name to a value; it does not compare.",
        "Write `==`, or `=~` to ignore letter case.");

    /// <summary>An operator that other languages have.</summary>
    public static void ForeignOperator(this DiagnosticBag bag, TextSpan span, string found) => bag.AddError(
        DiagnosticCodes.ForeignOperator, span, $"`{found}` is not an operator of KQL.", found switch
        {
            "&&" => "Write `and`.",
            "||" => "Write `or`.",
            _ => "Write `not(...)`.",
        });

    /// <summary>A management command instead of a query.</summary>
    public static void ManagementCommand(this DiagnosticBag bag, TextSpan span) => bag.AddError(
        DiagnosticCodes.ManagementCommand, span, "A text that starts with `.` is a management command; only queries can run here.",
        "A query starts with the name of a table: `KubePodInventory | take 10`.");
}
