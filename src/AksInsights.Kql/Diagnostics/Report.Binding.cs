using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Diagnostics;

/// <summary>This part: names and types, KQL3xxx.</summary>
internal static partial class Report
{
    public static void UnknownTable(this DiagnosticBag bag, TextSpan span, string name, IEnumerable<string> tables)
    {
        var known = tables.ToArray();
        var help = NearestNames.Sentence(name, known)
            ?? (known.Length == 0 ? "There are no tables here; rows can be written with `datatable`." : $"There are {known.Length} tables.");
        bag.AddError(DiagnosticCodes.UnknownTable, span, $"There is no table `{name}`.", help);
    }

    public static void UnknownName(this DiagnosticBag bag, TextSpan span, string name, IEnumerable<string> candidates) => bag.AddError(
        DiagnosticCodes.UnknownName, span, $"There is no `{name}` here: neither a column nor a `let`.", NearestNames.Sentence(name, candidates));

    public static void UnknownFunction(this DiagnosticBag bag, TextSpan span, string name, IEnumerable<string> candidates) => bag.AddError(
        DiagnosticCodes.UnknownFunction, span, $"There is no function `{name}`.", NearestNames.Sentence(name, candidates));

    public static void UnknownColumn(this DiagnosticBag bag, TextSpan span, string name, IReadOnlyList<string> columns)
    {
        var nearest = NearestNames.Sentence(name, columns);
        var some = columns.Count <= 8 ? $"The columns are {string.Join(", ", columns.Select(c => $"`{c}`"))}." : $"The input has {columns.Count} columns.";
        bag.AddError(DiagnosticCodes.UnknownColumn, span, $"There is no column `{name}` in the input.", nearest is null ? some : $"{nearest} {some}");
    }

    public static void ArgumentCount(this DiagnosticBag bag, TextSpan span, string function, string expected, int found) => bag.AddError(
        DiagnosticCodes.ArgumentCount, span, $"`{function}` takes {expected}, found {found}.");

    public static void ArgumentType(this DiagnosticBag bag, TextSpan span, string function, string parameter, string expected, KqlType found) => bag.AddError(
        DiagnosticCodes.ArgumentType, span, $"`{function}` needs {expected} for `{parameter}`, found a value of type `{found.Name()}`.",
        found == KqlType.Dynamic ? "A dynamic value is given a type by `tostring`, `tolong`, `todouble`, `todatetime` and the like." : null);

    public static void OperandTypes(this DiagnosticBag bag, TextSpan span, string symbol, KqlType left, KqlType right) => bag.AddError(
        DiagnosticCodes.OperandTypes, span, $"`{symbol}` is not defined for `{left.Name()}` and `{right.Name()}`.",
        left == KqlType.String || right == KqlType.String
            ? "Text is compared by `==`, `=~`, `has`, `contains` and the like; convert it by `tolong`, `todatetime`, ... first."
            : "Convert one side by `tolong`, `todouble`, `todatetime`, `totimespan`, ... first.");

    public static void DuplicateColumn(this DiagnosticBag bag, TextSpan span, string name) => bag.AddError(
        DiagnosticCodes.DuplicateColumn, span, $"There is already a column `{name}`.", "Give it another name: `other = ...`.");

    public static void AggregateNotAllowed(this DiagnosticBag bag, TextSpan span, string name) => bag.AddError(
        DiagnosticCodes.AggregateNotAllowed, span, $"`{name}` is an aggregate; it stands in `summarize`, `make-series` or `top-nested` only.");

    public static void NotAggregated(this DiagnosticBag bag, TextSpan span, string name) => bag.AddError(
        DiagnosticCodes.NotAggregated, span, $"`{name}` has many values per group.", $"Aggregate it, as in `max({name})` or `take_any({name})`, or add it behind `by`.");

    public static void NotSerialized(this DiagnosticBag bag, TextSpan span, string name) => bag.AddError(
        DiagnosticCodes.NotSerialized, span, $"`{name}` needs rows in a fixed order.", "Put `sort by ...` or `serialize` before it.");

    public static void ConstantExpected(this DiagnosticBag bag, TextSpan span, string what) => bag.AddError(
        DiagnosticCodes.ConstantExpected, span, $"{what} must be a constant; this reads a column.");

    public static void NotSupported(this DiagnosticBag bag, TextSpan span, string what, string? help = null) => bag.AddError(
        DiagnosticCodes.NotSupported, span, $"{what} is not supported by the embedded engine.", help ?? "`docs/kql.md` lists what is.");

    public static void DynamicKey(this DiagnosticBag bag, TextSpan span, string where) => bag.AddError(
        DiagnosticCodes.DynamicKey, span, $"A dynamic value cannot be a key of {where}.", "Give it a type first: `tostring(...)`, `tolong(...)`, ...");

    public static void JoinCondition(this DiagnosticBag bag, TextSpan span) => bag.AddError(
        DiagnosticCodes.JoinCondition, span, "A join condition is a column that both sides have, or `$left.a == $right.b`.");

    public static void JoinKeyTypes(this DiagnosticBag bag, TextSpan span, KqlType left, KqlType right) => bag.AddError(
        DiagnosticCodes.JoinCondition, span, $"The keys have different types: `{left.Name()}` on the left, `{right.Name()}` on the right.",
        "Convert one of them before the join.");

    public static void ValueExpected(this DiagnosticBag bag, TextSpan span) => bag.AddError(
        DiagnosticCodes.ValueExpected, span, "A value is needed here, found a table.", "`toscalar(...)` gives the first cell of a table.");

    public static void TableExpected(this DiagnosticBag bag, TextSpan span) => bag.AddError(
        DiagnosticCodes.TableExpected, span, "A table is needed here, found a value.", "`print` makes a table of one row.");

    public static void UnknownParameter(this DiagnosticBag bag, TextSpan span, string operatorName, string parameter, IEnumerable<string> known)
    {
        var names = known.ToArray();
        bag.AddError(
            DiagnosticCodes.OperatorParameter, span, $"`{operatorName}` has no parameter `{parameter}`.",
            NearestNames.Sentence(parameter, names) ?? $"It has {string.Join(", ", names.Select(n => $"`{n}`"))}.");
    }

    public static void ParameterValue(this DiagnosticBag bag, TextSpan span, string parameter, string expected) => bag.AddError(
        DiagnosticCodes.OperatorParameter, span, $"The value of `{parameter}` is not known; it is one of {expected}.");

    public static void ConditionExpected(this DiagnosticBag bag, TextSpan span, KqlType found) => bag.AddError(
        DiagnosticCodes.ConditionExpected, span, $"A condition is needed here, found a value of type `{found.Name()}`.", "Compare it with something: `x == 1`, `x has 'y'`.");

    public static void Recursion(this DiagnosticBag bag, TextSpan span, string name) => bag.AddError(
        DiagnosticCodes.Recursion, span, $"`{name}` is nested in itself or too deep; functions are expanded where they are called.");

    public static void DuplicateName(this DiagnosticBag bag, TextSpan span, string name) => bag.AddError(
        DiagnosticCodes.DuplicateName, span, $"`{name}` is already the name of a `let` or a parameter here.");

    public static void NoResult(this DiagnosticBag bag, TextSpan span) => bag.AddError(
        DiagnosticCodes.NoResult, span, "The query has no result.", "After the `let` statements write a table and what to do with it.");

    public static void SchemaMismatch(this DiagnosticBag bag, TextSpan span, string expected, string found) => bag.AddError(
        DiagnosticCodes.SchemaMismatch, span, $"The rows have the columns ({found}), the asserted ones are ({expected}).");

    public static void RowLength(this DiagnosticBag bag, TextSpan span, int values, int columns) => bag.AddError(
        DiagnosticCodes.RowLength, span, $"The {values} values do not fill rows of {columns} columns.");

    public static void CallFailed(this DiagnosticBag bag, TextSpan span, string message) =>
        bag.AddError(DiagnosticCodes.CallFailed, span, message);
}
