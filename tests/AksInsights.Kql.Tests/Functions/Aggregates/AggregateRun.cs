using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Functions.Aggregates;

/// <summary>Runs an aggregate of the catalogue over boxed rows, the way the engine does: in chunks, over two states that number groups differently, merged.</summary>
internal sealed class AggregateRun
{
    private readonly string _name;
    private readonly (KqlType Type, object? Constant)[] _arguments;

    /// <summary>An aggregate and the types of its arguments; an argument with a value is a constant of the query.</summary>
    public AggregateRun(string name, params (KqlType Type, object? Constant)[] arguments)
    {
        _name = name;
        _arguments = arguments;
    }

    /// <summary>The call as the binder describes it.</summary>
    public CallShape Shape => new([.. _arguments.Select(a => a.Type)], [.. _arguments.Select(a => a.Constant)]);

    /// <summary>The first signature that takes these arguments.</summary>
    public Signature Signature
    {
        get
        {
            Assert.True(FunctionCatalog.TryFindAggregate(_name, out var entry), $"no function {_name}");
            return entry.Signatures.First(s => Accepts(s));
        }
    }

    /// <summary>The type the binder will give the column.</summary>
    public KqlType ResultType => Signature.Result(Converted);

    /// <summary>A fresh state.</summary>
    public Aggregator Create() => Signature.Aggregator!(Converted);

    // What the binder hands to kernels: argument types after the signature's conversions.
    private CallShape Converted
    {
        get
        {
            var parameters = Signature.Parameters;
            var types = Shape.Types.Select((t, i) => parameters[Math.Min(i, parameters.Count - 1)].ConvertTo ?? t);
            return new CallShape([.. types], Shape.Constants);
        }
    }

    /// <summary>The results of groups 0 to <paramref name="groups"/> - 1 over all rows in one state and one chunk.</summary>
    public object?[] Whole(int groups, IReadOnlyList<(int Group, object?[] Cells)> rows)
    {
        var state = Create();
        state.Resize(groups);
        if (rows.Count > 0) state.Add([.. rows.Select(r => r.Group)], Columns(rows));
        return Boxed(state.Finish(groups), groups);
    }

    /// <summary>The same over two states fed with alternating chunks of random lengths, whose groups are numbered in order of appearance.</summary>
    public object?[] Split(int groups, IReadOnlyList<(int Group, object?[] Cells)> rows, int seed)
    {
        var random = new Random(seed);
        var states = new[] { new Worker(Create()), new Worker(Create()) };
        for (var start = 0; start < rows.Count;)
        {
            var chunk = rows.Skip(start).Take(1 + random.Next(40)).ToList();
            states[random.Next(2)].Add(chunk, Columns(chunk));
            start += chunk.Count;
        }

        var merged = Create();
        merged.Resize(groups);
        foreach (var worker in states) merged.Merge(worker.State, worker.Groups.ToArray());
        return Boxed(merged.Finish(groups), groups);
    }

    private bool Accepts(Signature signature)
    {
        var parameters = signature.Parameters;
        if (_arguments.Length < parameters.Count(p => !p.IsOptional)) return false;
        if (_arguments.Length > parameters.Count && !signature.Repeats) return false;
        return !_arguments.Where((a, i) => !parameters[Math.Min(i, parameters.Count - 1)].Accepts.Holds(a.Type)).Any();
    }

    private Column[] Columns(IReadOnlyList<(int Group, object?[] Cells)> rows)
    {
        var columns = new Column[_arguments.Length];
        var variable = 0;
        for (var i = 0; i < columns.Length; i++)
        {
            var (_, constant) = _arguments[i];
            var type = Converted.Types[i];
            columns[i] = constant is null ? ColumnOf(type, rows, variable++) : Constants.Create(type, constant, rows.Count);
        }

        return columns;
    }

    private static Column ColumnOf(KqlType type, IReadOnlyList<(int Group, object?[] Cells)> rows, int cell)
    {
        var builder = ColumnBuilder.Create(type, rows.Count);
        foreach (var (_, cells) in rows) builder.AddBoxed(cells[cell]);
        return builder.Build();
    }

    private object?[] Boxed(Column column, int groups)
    {
        Assert.Equal(ResultType, column.Type);
        Assert.Equal(groups, column.Length);
        return [.. Enumerable.Range(0, groups).Select(column.Box)];
    }

    private sealed class Worker(Aggregator state)
    {
        public Aggregator State { get; } = state;

        public List<int> Groups { get; } = [];

        public void Add(List<(int Group, object?[] Cells)> chunk, Column[] columns)
        {
            var local = new int[chunk.Count];
            for (var i = 0; i < local.Length; i++)
            {
                local[i] = Groups.IndexOf(chunk[i].Group);
                if (local[i] >= 0) continue;
                local[i] = Groups.Count;
                Groups.Add(chunk[i].Group);
            }

            State.Resize(Groups.Count);
            State.Add(local, columns);
        }
    }
}
