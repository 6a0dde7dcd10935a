using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions;

/// <summary>One of the columns that a call of several columns expands to.</summary>
/// <param name="Name">The column's name when the query gives none, such as <c>series_fit_line_y_slope</c>.</param>
/// <param name="Type">The type of its cells.</param>
public sealed record OutputColumn(string Name, KqlType Type);

/// <summary>The columns a call of several columns expands to in extend, project, print and summarize.</summary>
/// <remarks>
/// The call's value is always dynamic. With two columns or more it is an array whose item i is column i's cell in dynamic form, to be converted to the column's
/// type; with one column it is that cell itself. <c>(a, b) = f(...)</c> renames the first columns, <c>a = f(...)</c> the first one; the others keep their names and
/// stay. Inside an expression the call is an ordinary dynamic value.
/// </remarks>
/// <param name="argumentNames">For each argument, the name of the column it would make; null where it has none.</param>
/// <param name="call">The call.</param>
public delegate IReadOnlyList<OutputColumn> MultiColumnShape(IReadOnlyList<string?> argumentNames, CallShape call);
