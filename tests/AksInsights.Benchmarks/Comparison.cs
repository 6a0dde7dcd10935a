namespace AksInsights.Benchmarks;

/// <summary>Runs the same queries on the same rows in two ways and prints how they compare.</summary>
internal sealed class Comparison(DirectoryInfo scratch, IReadOnlyList<BenchmarkQuery> queries, int repeat, int threads)
{
    /// <summary>This program and DuckDB. False when some answer differs.</summary>
    public bool Run(long rows)
    {
        var folder = SampleTables.Make(scratch, rows);
        var theirs = DuckDb.Run(folder, scratch.FullName, queries, repeat, threads);
        var ours = ThisProgram.Run(folder, scratch.FullName, queries, repeat, threads);
        Console.WriteLine($"\n{rows:N0} rows, {threads} threads, medians of {repeat} runs, execution alone\n");
        Console.WriteLine("| query | ours | DuckDB | DuckDB / ours | processor time, DuckDB / ours | same answer |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | --- |");
        foreach (var query in queries)
        {
            var (our, their) = (ours.Queries[query.Id], theirs.Queries[query.Id]);
            Console.WriteLine(
                $"| {query.Id} | {our.MedianMs:N1} ms | {their.MedianMs:N1} ms | {their.MedianMs / our.MedianMs:N1} | {their.CpuMs / our.CpuMs:N1} | {(IsSame(query, our, their) ? "yes" : "no")} |");
        }

        Console.WriteLine($"| most memory, loading included | {ours.PeakMb:N0} MiB | {theirs.PeakMb:N0} MiB | {(double)theirs.PeakMb / ours.PeakMb:N1} | | |");
        return queries.Select(query => IsSame(query, ours.Queries[query.Id], theirs.Queries[query.Id])).All(same => same);
    }

    /// <summary>This program on one thread and on two. False when some answer differs.</summary>
    public bool RunQuick(long rows)
    {
        var folder = SampleTables.Make(scratch, rows);
        var one = ThisProgram.Run(folder, scratch.FullName, queries, repeat, 1);
        var two = ThisProgram.Run(folder, scratch.FullName, queries, repeat, 2);
        var same = queries.Select(query => IsSame(query, one.Queries[query.Id], two.Queries[query.Id])).ToArray();
        Console.WriteLine($"{queries.Count} queries on {rows:N0} rows: {same.Count(s => s)} with the same answer on one thread and on two.");
        return same.All(s => s);
    }

    private static bool IsSame(BenchmarkQuery query, Measurement one, Measurement other)
    {
        if (one.Answer.SequenceEqual(other.Answer)) return true;
        var (missing, extra) = (other.Answer.Except(one.Answer).FirstOrDefault(), one.Answer.Except(other.Answer).FirstOrDefault());
        Console.Error.WriteLine($"{query.Id}: {one.Answer.Count} rows, such as\n  {extra}\nwhere the other has {other.Answer.Count}, such as\n  {missing}");
        return false;
    }
}
