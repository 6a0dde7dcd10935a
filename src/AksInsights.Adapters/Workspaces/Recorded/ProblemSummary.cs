namespace AksInsights.Adapters.Workspaces.Recorded;

/// <summary>Adds up the problems of the blocks, and of the loads, of one file.</summary>
internal sealed class ProblemSummary
{
    private readonly List<RowProblem> _problems = [];

    /// <summary>The sum, in the order in which each kind of problem was first met.</summary>
    public IReadOnlyList<RowProblem> Problems => _problems;

    /// <summary>Adds problems.</summary>
    /// <param name="problems">What to add.</param>
    /// <param name="firstLine">What is added to the lines of the examples.</param>
    public void Add(IEnumerable<RowProblem> problems, long firstLine)
    {
        foreach (var problem in problems)
        {
            var examples = problem.Examples.Select(example => example with { Line = example.Line + firstLine });
            var index = _problems.FindIndex(known => known.Kind == problem.Kind && known.Column == problem.Column);
            if (index < 0)
            {
                _problems.Add(problem with { Examples = [.. examples] });
                continue;
            }

            var sum = _problems[index];
            _problems[index] = sum with
            {
                Count = sum.Count + problem.Count,
                Examples = [.. sum.Examples.Concat(examples).Take(ProblemLog.MaxExamples)],
            };
        }
    }
}
