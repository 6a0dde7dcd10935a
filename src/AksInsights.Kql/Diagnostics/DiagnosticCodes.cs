namespace AksInsights.Kql.Diagnostics;

/// <summary>The codes of the mistakes found while a text is read; each has a heading in <c>docs/diagnostics.md</c>. Never reused.</summary>
/// <remarks>1xxx reading tokens, 2xxx reading the grammar, 3xxx names and types, 4xxx running.</remarks>
public static partial class DiagnosticCodes
{
    /// <summary>A character that means nothing in the language.</summary>
    public const string UnexpectedCharacter = "KQL1001";

    /// <summary>A string whose closing quote is missing.</summary>
    public const string UnterminatedString = "KQL1002";

    /// <summary>A backslash followed by something that is not an escape.</summary>
    public const string UnknownEscape = "KQL1003";

    /// <summary>A number that is too large, or has letters behind it that are no unit.</summary>
    public const string UnreadableNumber = "KQL1004";

    /// <summary>The inside of a typed literal such as <c>datetime(...)</c> that does not have the form of its type.</summary>
    public const string UnreadableLiteral = "KQL1005";

    /// <summary>A comment that starts with <c>#</c>.</summary>
    public const string HashComment = "KQL1006";

    /// <summary>Something stands where the grammar needs something else.</summary>
    public const string UnexpectedToken = "KQL2001";

    /// <summary>A word behind a pipe that is no operator.</summary>
    public const string UnknownOperator = "KQL2002";

    /// <summary>Expressions nested too deep.</summary>
    public const string TooDeep = "KQL2003";

    /// <summary>A word that is no type where a type is needed.</summary>
    public const string UnknownType = "KQL2004";

    /// <summary>A text without any statement.</summary>
    public const string EmptyQuery = "KQL2005";

    /// <summary>A bracket that is not closed.</summary>
    public const string UnclosedBracket = "KQL2006";

    /// <summary><c>=</c> where a comparison is meant.</summary>
    public const string AssignmentInCondition = "KQL2007";

    /// <summary>An operator of another language, such as <c>&amp;&amp;</c>.</summary>
    public const string ForeignOperator = "KQL2008";

    /// <summary>A management command, such as <c>.show tables</c>.</summary>
    public const string ManagementCommand = "KQL2009";
}
