using FsCheck;
using FsCheck.Fluent;

namespace AksInsights.Kql.Tests.Syntax;

/// <summary>Generators of texts that no person would write, and of queries that a person may have mistyped.</summary>
/// <remarks>For every stage that reads queries: what they must not do is crash, hang, or report a place outside the text.</remarks>
internal static class HostileQueries
{
    private const string Signs = "()[]{},;:.|=~!<>+-*/%&$#@?\\^`'\" \t\r\n";
    private const string Letters = "abhinstTZ_09exé漢\ud83d\ude00\ud800\0\u00a0\ufeff";

    /// <summary>Random characters, those the language uses more often than others.</summary>
    public static Gen<string> Text => Gen.Frequency(
            (6, Gen.Elements(Signs.ToCharArray())),
            (5, Gen.Elements(Letters.ToCharArray())))
        .ListOf().Select(characters => new string([.. characters]));

    /// <summary>Pieces of real queries in random order.</summary>
    public static Gen<string> Soup => Gen.Elements(SampleQueries.All.SelectMany(Pieces).Distinct(StringComparer.Ordinal).ToArray())
        .ListOf().Select(pieces => string.Concat(pieces));

    /// <summary>Sample queries with a few pieces deleted, inserted, doubled or swapped, or the end cut off.</summary>
    public static Gen<string> Mutated => MutationsOf(SampleQueries.All);

    /// <summary>The queries with a few pieces deleted, inserted, doubled or swapped, or the end cut off.</summary>
    public static Gen<string> MutationsOf(IReadOnlyList<string> queries)
    {
        var pieces = queries.Select(Pieces).ToArray();
        var vocabulary = pieces.SelectMany(p => p).Distinct(StringComparer.Ordinal).ToArray();
        var mutation = from kind in Gen.Choose(0, 5)
                       from place in Gen.Choose(0, int.MaxValue - 1)
                       from other in Gen.Choose(0, int.MaxValue - 1)
                       select (kind, place, other);
        return from query in Gen.Elements(pieces)
               from count in Gen.Choose(1, 5)
               from mutations in mutation.ListOf(count)
               select string.Concat(mutations.Aggregate(query.ToList(), (list, m) => Apply(list, m.kind, m.place, m.other, vocabulary)));
    }

    private static List<string> Apply(List<string> pieces, int kind, int place, int other, string[] vocabulary)
    {
        if (pieces.Count == 0)
            return [vocabulary[other % vocabulary.Length]];
        var at = place % pieces.Count;
        switch (kind)
        {
            case 0:
                pieces.RemoveAt(at);
                break;
            case 1:
                pieces.Insert(at, vocabulary[other % vocabulary.Length]);
                break;
            case 2:
                pieces.Insert(at, pieces[at]);
                break;
            case 3:
                (pieces[at], pieces[other % pieces.Count]) = (pieces[other % pieces.Count], pieces[at]);
                break;
            case 4:
                pieces[at] = vocabulary[other % vocabulary.Length];
                break;
            default:
                // Cutting is rare and late, or nothing would be left to mutate.
                var keep = Math.Max(at, pieces.Count / 2);
                pieces.RemoveRange(keep, pieces.Count - keep);
                break;
        }

        return pieces;
    }

    /// <summary>Cuts a query into words, runs of white space and single signs.</summary>
    private static List<string> Pieces(string query)
    {
        var pieces = new List<string>();
        for (var i = 0; i < query.Length;)
        {
            var end = i + 1;
            if (char.IsLetterOrDigit(query[i]) || query[i] == '_')
            {
                while (end < query.Length && (char.IsLetterOrDigit(query[end]) || query[end] == '_'))
                    end++;
            }
            else if (char.IsWhiteSpace(query[i]))
            {
                while (end < query.Length && char.IsWhiteSpace(query[end]))
                    end++;
            }

            pieces.Add(query[i..end]);
            i = end;
        }

        return pieces;
    }
}
