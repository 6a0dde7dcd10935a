using AksInsights.Core.Queries.RowTests;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries.Mutations;

/// <summary>Plants mistakes into queries, one at a time, and sees whether their row tests notice.</summary>
/// <param name="tests">Runs row tests.</param>
public sealed class MutationRun(RowTestRunner tests)
{
    /// <summary>Tries a query's mistakes, all of them or a sample.</summary>
    /// <param name="query">The query; its row tests pass as it is written.</param>
    /// <param name="most">How many mistakes are tried at most; null tries all.</param>
    /// <param name="seed">Decides which ones are drawn; the same seed draws the same ones.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InvalidOperationException">The row tests fail without a mistake, so that nothing can be learned from them.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public MutationReport Try(QueryDefinition query, int? most, int seed, CancellationToken cancellation)
    {
        var opened = tests.Open(query) ?? throw new InvalidOperationException($"The row tests of `{query.Id}` cannot be read.");
        if (opened.Notices(query, cancellation) is not false) throw new InvalidOperationException($"The row tests of `{query.Id}` fail without any mistake in it.");
        var survivors = new List<Survivor>();
        var source = new SourceText(query.Text.Kql, query.KqlFile);
        var (planted, refused) = (0, 0);
        foreach (var mutation in Drawn(Mutator.Mutations(query.Text), most, seed))
        {
            switch (Change(query, mutation) is { } changed ? opened.Notices(changed, cancellation) : null)
            {
                case null: refused++; break;
                case true: planted++; break;
                case false: planted++; survivors.Add(new Survivor(source, mutation)); break;
            }
        }

        return new MutationReport(query.Id, planted, [.. survivors.OrderBy(s => s.Mutation.Span.Start)], refused);
    }

    private static IEnumerable<Mutation> Drawn(IReadOnlyList<Mutation> all, int? most, int seed)
    {
        if (most is not { } number || number >= all.Count) return all;
        var mixed = all.ToArray();
#pragma warning disable CA5394 // A sample has to be repeatable, not secret.
        new Random(seed).Shuffle(mixed);
#pragma warning restore CA5394
        return mixed.Take(number);
    }

    private static QueryDefinition? Change(QueryDefinition query, Mutation mutation)
    {
        var text = mutation.Apply(query.Text.Kql);
        var tree = SyntaxTree.Parse(text, query.KqlFile);
        if (tree.HasErrors || QueryHeader.Read(tree.Root, new FileReport(query.KqlFile, text)) is not { } header) return null;
        return query with { Text = new QueryText(text, tree.Root, header) };
    }
}
