using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Expressions;

/// <summary>A scalar expression made ready for one worker: call sites cache, so it is never shared between threads.</summary>
internal abstract class Evaluator
{
    /// <summary>The value for each row of the chunk.</summary>
    public abstract Column Evaluate(Chunk chunk);

    /// <summary>The rows for which a truth value is true; null reads as false. Every word of the mask is written.</summary>
    public virtual void Test(Chunk chunk, Span<ulong> mask) => RowMask.Of((Column<bool>)Evaluate(chunk), mask);
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

    public override Column Evaluate(Chunk chunk) => kernel.Evaluate(site, Arguments(chunk), chunk.Length);

    public override void Test(Chunk chunk, Span<ulong> mask)
    {
        if (kernel is IRowTest test) test.Test(site, Arguments(chunk), chunk.Length, mask);
        else base.Test(chunk, mask);
    }

    private Column[] Arguments(Chunk chunk)
    {
        for (var i = 0; i < arguments.Length; i++) _values[i] = arguments[i].Evaluate(chunk);
        return _values;
    }
}

/// <summary>and, or: three-valued, stopping early where all rows are decided.</summary>
internal sealed class LogicEvaluator(bool isAnd, Evaluator[] terms, ChunkBuffers? buffers) : Evaluator
{
    public override Column Evaluate(Chunk chunk)
    {
        var length = chunk.Length;
        var result = ChunkBuffers.Take<bool>(buffers, length);
        bool[]? nulls = null;
        result.AsSpan(0, length).Fill(isAnd);
        foreach (var term in terms)
        {
            var column = (Column<bool>)term.Evaluate(chunk);
            var values = column.Flatten();
            var mask = column.FlattenNulls();
            for (var i = 0; i < length; i++)
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
                    (nulls ??= new bool[length])[i] = true;
                    result[i] = false;
                }
            }
        }

        return new FlatColumn<bool>(KqlType.Bool, result, nulls, 0, length);
    }

    public override void Test(Chunk chunk, Span<ulong> mask)
    {
        // Where only true counts, null and false are the same for both.
        terms[0].Test(chunk, mask);
        var other = ChunkBuffers.Take<ulong>(buffers, mask.Length).AsSpan(0, mask.Length);
        foreach (var term in terms.AsSpan(1))
        {
            if (isAnd && RowMask.IsEmpty(mask)) return;
            term.Test(chunk, other);
            if (isAnd) RowMask.And(mask, other);
            else RowMask.Or(mask, other);
        }
    }
}
