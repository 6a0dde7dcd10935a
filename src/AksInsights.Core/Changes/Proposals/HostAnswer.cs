namespace AksInsights.Core.Changes.Proposals;

/// <summary>What a host answered: a value, or why there is none.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly record struct HostAnswer<T>
{
    private HostAnswer(T? value, HostProblem? problem) => (Value, Problem) = (value, problem);

    /// <summary>The value; the default of its type when there is a problem.</summary>
    public T? Value { get; }

    /// <summary>Why there is no value; null when there is one.</summary>
    public HostProblem? Problem { get; }

    /// <summary>An answer with a value.</summary>
    public static implicit operator HostAnswer<T>(T value) => new(value, null);

    /// <summary>An answer without one.</summary>
    public static implicit operator HostAnswer<T>(HostProblem problem) => new(default, problem);

    /// <summary>The value; null also where the thing that was asked for is not there, with any other problem handed on.</summary>
    /// <param name="value">The value.</param>
    /// <param name="problem">What went wrong, other than that nothing is there.</param>
    public bool IsKnown(out T? value, out HostProblem? problem)
    {
        value = Value;
        problem = Problem is HostProblem.Missing ? null : Problem;
        return problem is null;
    }

    /// <summary>As the implicit conversion.</summary>
    public static HostAnswer<T> FromT(T value) => value;

    /// <summary>As the implicit conversion.</summary>
    public static HostAnswer<T> FromHostProblem(HostProblem problem) => problem;
}

/// <summary>Why a host did not do what it was asked: a closed set of cases, told in full sentences without secrets.</summary>
/// <param name="Reason">What happened.</param>
public abstract record HostProblem(string Reason)
{
    /// <summary>What was asked for is not there.</summary>
    public sealed record Missing(string Reason) : HostProblem(Reason);

    /// <summary>Somebody else was faster: look again and decide anew.</summary>
    public sealed record Overtaken(string Reason) : HostProblem(Reason);

    /// <summary>The host did not answer, so that it is not known whether it was done: look again.</summary>
    public sealed record Unsure(string Reason) : HostProblem(Reason);

    /// <summary>The host wants to be left alone for a while.</summary>
    /// <param name="Reason">What happened.</param>
    /// <param name="After">For how long.</param>
    public sealed record Busy(string Reason, TimeSpan After) : HostProblem(Reason);

    /// <summary>It will not be done.</summary>
    /// <param name="Reason">What happened.</param>
    /// <param name="Help">What to do about it; null when nothing is known.</param>
    public sealed record Refused(string Reason, string? Help) : HostProblem(Reason);
}
