using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Expressions;

/// <summary>A scalar expression made ready for one worker: call sites cache, so it is never shared between threads.</summary>
internal abstract class Evaluator
{
    /// <summary>The value for each row of the chunk.</summary>
    public abstract Column Evaluate(Chunk chunk);
}

/// <summary>A column of the input.</summary>
internal sealed class ColumnEvaluator(int slot) : Evaluator
{
    public int Slot { get; } = slot;

    public override Column Evaluate(Chunk chunk) => chunk[Slot];
}

/// <summary>A constant.</summary>
internal sealed class ConstantEvaluator(KqlType type, object? value) : Evaluator
{
    private Column? _last;

    public override Column Evaluate(Chunk chunk) =>
        _last?.Length == chunk.Length ? _last : _last = Constants.Create(type, value, chunk.Length);
}

/// <summary>A call of a kernel.</summary>
internal sealed class CallEvaluator(ScalarKernel kernel, CallSite site, Evaluator[] arguments) : Evaluator
{
    private readonly Column[] _values = new Column[arguments.Length];

    public override Column Evaluate(Chunk chunk)
    {
        for (var i = 0; i < arguments.Length; i++) _values[i] = arguments[i].Evaluate(chunk);
        return kernel.Evaluate(site, _values, chunk.Length);
    }
}

/// <summary>and, or: three-valued, stopping early where all rows are decided.</summary>
internal sealed class LogicEvaluator(bool isAnd, Evaluator[] terms) : Evaluator
{
    public override Column Evaluate(Chunk chunk)
    {
        var result = new bool[chunk.Length];
        bool[]? nulls = null;
        Array.Fill(result, isAnd);
        foreach (var term in terms)
        {
            var column = (Column<bool>)term.Evaluate(chunk);
            var values = column.Flatten();
            var mask = column.FlattenNulls();
            for (var i = 0; i < result.Length; i++)
            {
                // Decided rows stay as they are: false decides `and`, true decides `or`.
                var decided = result[i] != isAnd && !(nulls is not null && nulls[i]);
                if (decided) continue;
                var isNull = !mask.IsEmpty && mask[i];
                if (!isNull && values[i] != isAnd)
                {
                    result[i] = !isAnd;
                    if (nulls is not null) nulls[i] = false;
                }
                else if (isNull)
                {
                    (nulls ??= new bool[result.Length])[i] = true;
                    result[i] = false;
                }
            }
        }

        return new FlatColumn<bool>(KqlType.Bool, result, nulls);
    }
}
