using System.CommandLine;
using AksInsights.Benchmarks;

var rows = new Option<long[]>("--rows") { Description = "The rows of the Perf table; may be given several times.", DefaultValueFactory = _ => [1_000_000], AllowMultipleArgumentsPerToken = true };
var repeat = new Option<int>("--repeat") { Description = "The counted runs of each query.", DefaultValueFactory = _ => 7 };
var threads = new Option<int>("--threads") { Description = "The threads of both engines.", DefaultValueFactory = _ => 2 };
var queries = new Option<FileInfo>("--queries")
{
    Description = "The queries, a JSON object {\"id\", \"kql\", \"sql\"} a line.",
    DefaultValueFactory = _ => new FileInfo(Path.Combine(AppContext.BaseDirectory, "queries.jsonl")),
};
var only = new Option<string[]>("--only") { Description = "Only these queries.", AllowMultipleArgumentsPerToken = true };
var folder = new Option<DirectoryInfo>("--folder")
{
    Description = "Where tables, answers and the client of DuckDB are kept.",
    DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(Path.GetTempPath(), "aksinsights-benchmarks")),
};

var compare = new Command("compare", "Time the queries with this program and with DuckDB on the same rows, one after the other, and compare the answers. Needs npm.")
{
    rows, repeat, threads, queries, only, folder,
};
compare.SetAction(parsed =>
{
    var chosen = BenchmarkQuery.Read(parsed.GetValue(queries)!, parsed.GetValue(only) ?? []);
    var comparison = new Comparison(parsed.GetValue(folder)!, chosen, parsed.GetValue(repeat), parsed.GetValue(threads));
    return parsed.GetValue(rows)!.Aggregate(true, (same, count) => comparison.Run(count) && same) ? 0 : 1;
});

var quick = new Command("quick", "Run the queries on a few rows, on one thread and on two, and see that the answers are the same: a check, not a measurement.") { queries, folder };
quick.SetAction(parsed => new Comparison(parsed.GetValue(folder)!, BenchmarkQuery.Read(parsed.GetValue(queries)!, []), 1, 2).RunQuick(50_000) ? 0 : 1);

var make = new Command("make", "Only make the tables, as a recorded workspace.") { rows, folder };
make.SetAction(parsed =>
{
    foreach (var count in parsed.GetValue(rows)!) Console.WriteLine(SampleTables.Make(parsed.GetValue(folder)!, count));
});

return new RootCommand("Measures the embedded KQL engine.") { compare, quick, make }.Parse(args).Invoke();
