namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Which of two values wins: the greater or the smaller. A struct, so that the comparison is compiled into the loop that uses it.</summary>
internal interface IOrder<T>
{
    /// <summary>Whether the candidate is strictly better than the value held so far.</summary>
    static abstract bool Wins(T candidate, T held);
}

/// <summary>The orders of <c>min</c>, <c>max</c>, <c>arg_min</c> and <c>arg_max</c>.</summary>
/// <remarks>NaN loses to every number either way: it is the result only if there is nothing else. Text compares by code unit.</remarks>
internal static class Order
{
    public readonly struct GreaterReal : IOrder<double>
    {
        // Written so that the common case, a candidate that does not win, is one comparison.
        public static bool Wins(double candidate, double held) => !(candidate <= held) && !double.IsNaN(candidate);
    }

    public readonly struct SmallerReal : IOrder<double>
    {
        public static bool Wins(double candidate, double held) => !(candidate >= held) && !double.IsNaN(candidate);
    }

    public readonly struct GreaterWhole : IOrder<long>
    {
        public static bool Wins(long candidate, long held) => candidate > held;
    }

    public readonly struct SmallerWhole : IOrder<long>
    {
        public static bool Wins(long candidate, long held) => candidate < held;
    }

    public readonly struct GreaterText : IOrder<string>
    {
        public static bool Wins(string candidate, string held) => string.CompareOrdinal(candidate, held) > 0;
    }

    public readonly struct SmallerText : IOrder<string>
    {
        public static bool Wins(string candidate, string held) => string.CompareOrdinal(candidate, held) < 0;
    }

    public readonly struct Greater<T> : IOrder<T>
        where T : IComparable<T>
    {
        public static bool Wins(T candidate, T held) => candidate.CompareTo(held) > 0;
    }

    public readonly struct Smaller<T> : IOrder<T>
        where T : IComparable<T>
    {
        public static bool Wins(T candidate, T held) => candidate.CompareTo(held) < 0;
    }
}
