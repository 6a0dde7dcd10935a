namespace AksInsights.Kql.Diagnostics;

/// <summary>This part: names and types.</summary>
public static partial class DiagnosticCodes
{
    /// <summary>A table that does not exist.</summary>
    public const string UnknownTable = "KQL3001";

    /// <summary>A name that is neither a column nor a let.</summary>
    public const string UnknownName = "KQL3002";

    /// <summary>A function that does not exist or is not supported.</summary>
    public const string UnknownFunction = "KQL3003";

    /// <summary>A column that the input does not have.</summary>
    public const string UnknownColumn = "KQL3004";

    /// <summary>Too few or too many arguments.</summary>
    public const string ArgumentCount = "KQL3005";

    /// <summary>An argument of a type the function does not take.</summary>
    public const string ArgumentType = "KQL3006";

    /// <summary>An operator that is not defined for its operands' types.</summary>
    public const string OperandTypes = "KQL3007";

    /// <summary>Two columns of one name.</summary>
    public const string DuplicateColumn = "KQL3008";

    /// <summary>An aggregate outside summarize.</summary>
    public const string AggregateNotAllowed = "KQL3009";

    /// <summary>A column in summarize that is neither aggregated nor a group.</summary>
    public const string NotAggregated = "KQL3010";

    /// <summary>A window function over rows without an order.</summary>
    public const string NotSerialized = "KQL3011";

    /// <summary>An expression that must be a constant.</summary>
    public const string ConstantExpected = "KQL3012";

    /// <summary>An operator, statement or function of KQL that is not supported here.</summary>
    public const string NotSupported = "KQL3013";

    /// <summary>A dynamic value where a typed one is needed.</summary>
    public const string DynamicKey = "KQL3014";

    /// <summary>A join condition that is not an equality of two columns.</summary>
    public const string JoinCondition = "KQL3015";

    /// <summary>A table where a value is needed.</summary>
    public const string ValueExpected = "KQL3016";

    /// <summary>A value where a table is needed.</summary>
    public const string TableExpected = "KQL3017";

    /// <summary>An operator parameter or its value that is not known.</summary>
    public const string OperatorParameter = "KQL3018";

    /// <summary>A condition that is not a truth value.</summary>
    public const string ConditionExpected = "KQL3019";

    /// <summary>A function or let that uses itself, or calls nested without end.</summary>
    public const string Recursion = "KQL3020";

    /// <summary>A name given to a let twice in one scope.</summary>
    public const string DuplicateName = "KQL3021";

    /// <summary>A query without a result.</summary>
    public const string NoResult = "KQL3022";

    /// <summary>A schema that is not the asserted one.</summary>
    public const string SchemaMismatch = "KQL3023";

    /// <summary>A datatable whose values do not fill its rows.</summary>
    public const string RowLength = "KQL3024";

    /// <summary>A call that cannot be computed for its constants, such as a regular expression the language does not have.</summary>
    public const string CallFailed = "KQL3025";
}
