namespace AksInsights.Core.Findings;

/// <summary>The store cannot do its work for a reason outside the program. What was being written has not been written; what was there is still there.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Says what happened.</summary>
    /// <param name="failure">What a caller can do about it.</param>
    /// <param name="message">What happened, where, and what to do next, in full sentences.</param>
    /// <param name="inner">What the database said.</param>
    public StoreException(StoreFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>What a caller can do about it.</summary>
    public StoreFailure Failure { get; }
}

/// <summary>Why a store cannot do its work.</summary>
public enum StoreFailure
{
    /// <summary>The file or server cannot be reached or opened.</summary>
    CannotOpen,

    /// <summary>The disk is full.</summary>
    Full,

    /// <summary>Writing is not allowed.</summary>
    ReadOnly,

    /// <summary>The file is something else.</summary>
    NotAStore,

    /// <summary>It was written by a newer version of the program.</summary>
    Newer,

    /// <summary>Somebody else kept it locked for too long.</summary>
    Busy,

    /// <summary>The file is damaged.</summary>
    Damaged,

    /// <summary>It holds something already, and what was to be done needs an empty one.</summary>
    NotEmpty,
}
