namespace AksInsights.Kql.Functions;

/// <summary>A call that cannot be computed for the values it was given, for a reason the author of the query has to hear.</summary>
/// <remarks>
/// Thrown by kernels for what the language refuses at run time, such as a regular expression it does not have; values that merely do not
/// fit give null instead. The message is a full sentence without the place: the executor knows which call it was.
/// </remarks>
public sealed class CallFailedException : Exception
{
    /// <summary>Says why.</summary>
    public CallFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and what was behind it.</summary>
    public CallFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>For serializers; a call that fails always says why.</summary>
    public CallFailedException()
        : base("The call failed.")
    {
    }
}
