using System.Text.RegularExpressions;

namespace AksInsights.Kql.Functions.Patterns;

/// <summary>A compiled regular expression of the language. Immutable; safe on any thread.</summary>
/// <remarks>
/// Cost: linear in practice. The fast engine backtracks and is stopped after a second on one text; the text is then tried once more with
/// the engine that cannot backtrack, since the language promises an answer to every pattern it takes.
/// </remarks>
internal sealed class TextPattern
{
    private const RegexOptions Options = RegexOptions.CultureInvariant;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(10);
    private readonly string _translated;
    private readonly Regex _fast;
    private readonly Lazy<Regex?> _steady;

    internal TextPattern(string source, string translated, IReadOnlyDictionary<string, int> groupNumbers, int groupCount)
    {
        Source = source;
        GroupNumbers = groupNumbers;
        GroupCount = groupCount;
        _translated = translated;
        _fast = new Regex(translated, Options | RegexOptions.Compiled, Patience);
        _steady = new Lazy<Regex?>(MakeSteady);
    }

    /// <summary>The pattern as it was written.</summary>
    public string Source { get; }

    /// <summary>The numbers of the named groups.</summary>
    public IReadOnlyDictionary<string, int> GroupNumbers { get; }

    /// <summary>The number of capturing groups; they are numbered from 1, from left to right.</summary>
    public int GroupCount { get; }

    /// <summary>Whether the pattern occurs in the text.</summary>
    /// <exception cref="CallFailedException">Matching took too long.</exception>
    public bool IsMatch(string text) => Run(regex => regex.IsMatch(text));

    /// <summary>The first match; a failed one if there is none. Groups by number.</summary>
    /// <exception cref="CallFailedException">Matching took too long.</exception>
    public Match Match(string text) => Run(regex => regex.Match(text));

    /// <summary>Every match, from left to right, none overlapping.</summary>
    /// <exception cref="CallFailedException">Matching took too long.</exception>
    public IReadOnlyList<Match> Matches(string text) => Run(regex =>
    {
        var matches = new List<Match>();
        for (var match = regex.Match(text); match.Success; match = match.NextMatch()) matches.Add(match);
        return matches;
    });

    /// <summary>The text with every match replaced.</summary>
    /// <exception cref="CallFailedException">Matching took too long.</exception>
    public string Replace(string text, MatchEvaluator replacement) => Run(regex => regex.Replace(text, replacement));

    private T Run<T>(Func<Regex, T> work)
    {
        try
        {
            return work(_fast);
        }
        catch (RegexMatchTimeoutException timeout)
        {
            try
            {
                if (_steady.Value is { } steady) return work(steady);
            }
            catch (RegexMatchTimeoutException)
            {
                // Told below, as if the second engine did not exist.
            }

            throw new CallFailedException(
                $"Matching the regular expression `{Source}` took longer than {Patience.TotalSeconds:0} s on one text. Write it with fewer nested repetitions.",
                timeout);
        }
    }

    private Regex? MakeSteady()
    {
        try
        {
            return new Regex(_translated, Options | RegexOptions.NonBacktracking, LastPatience);
        }
        catch (NotSupportedException)
        {
            // Class arithmetic becomes look-ahead, and very large counts have no automaton: such patterns have one engine only.
            return null;
        }
    }
}
