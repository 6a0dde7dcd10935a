using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Execution.Expressions;

namespace AksInsights.Kql.Execution.Operators;

/// <summary>Hash join: the right side's keys are numbered, the left side's rows look theirs up. A null key matches nothing.</summary>
internal static class JoinOperator
{
    public static Relation Execute(BoundJoin node, RunContext context)
    {
        var left = Executor.Execute(node.Left, context);
        var right = Executor.Execute(node.Right, context);
        var keys = new GroupKeys(node.LeftKeys.Select(k => k.Type).ToArray());
        var rightGroups = Groups(right, node.RightKeys, keys.Encode, context);
        DropNullKeys(right, node.RightKeys, rightGroups, context);
        var leftGroups = Groups(left, node.LeftKeys, keys.Find, context);
        var bytes = keys.Bytes + (4L * (left.RowCount + (2L * right.RowCount)));
        context.Memory.Reserve(bytes);
        var matches = new Matches(rightGroups, keys.Count);
        var pairs = new Pairs(context);
        Match(node.Kind, leftGroups, rightGroups, matches, pairs);
        context.Memory.Release(bytes);
        return Join(node, left, right, pairs);
    }

    private static int[] Groups(Relation side, IReadOnlyList<BoundScalar> keys, Encoder encode, RunContext context)
    {
        var groups = new int[side.RowCount];
        if (side.RowCount == 0) return groups;
        encode(EvaluateKeys(side, keys, context), groups);
        return groups;
    }

    private delegate void Encoder(IReadOnlyList<Column> keys, Span<int> groups);

    private static Column[] EvaluateKeys(Relation side, IReadOnlyList<BoundScalar> keys, RunContext context)
    {
        var layout = new Layout(side.Columns);
        var chunk = side.ToChunk();
        return keys.Select(k => EvaluatorFactory.Create(k, layout, context, isByRow: true).Evaluate(chunk)).ToArray();
    }

    private static void DropNullKeys(Relation side, IReadOnlyList<BoundScalar> keys, int[] groups, RunContext context)
    {
        if (side.RowCount == 0) return;
        foreach (var column in EvaluateKeys(side, keys, context))
        {
            if (!column.MayHaveNulls) continue;
            for (var i = 0; i < groups.Length; i++)
            {
                if (column.IsNull(i)) groups[i] = -1;
            }
        }
    }

    private static void Match(JoinKind kind, int[] left, int[] right, Matches matches, Pairs pairs)
    {
        var leftUnmatched = kind is JoinKind.LeftOuter or JoinKind.FullOuter or JoinKind.LeftAnti;
        var rightUnmatched = kind is JoinKind.RightOuter or JoinKind.FullOuter or JoinKind.RightAnti;
        var emitPairs = kind is JoinKind.Inner or JoinKind.InnerUnique or JoinKind.LeftOuter or JoinKind.RightOuter or JoinKind.FullOuter;
        var seen = new bool[matches.GroupCount];
        for (var row = 0; row < left.Length; row++)
        {
            var group = left[row];
            if (group < 0 || matches.Of(group).IsEmpty)
            {
                if (leftUnmatched) pairs.Add(row, -1);
                continue;
            }

            if (kind == JoinKind.InnerUnique && seen[group]) continue;
            seen[group] = true;
            if (kind == JoinKind.LeftSemi) pairs.Add(row, -1);
            if (!emitPairs) continue;
            foreach (var match in matches.Of(group)) pairs.Add(row, match);
        }

        if (!rightUnmatched && kind != JoinKind.RightSemi) return;
        for (var row = 0; row < right.Length; row++)
        {
            var matched = right[row] >= 0 && seen[right[row]];
            if (matched == (kind == JoinKind.RightSemi)) pairs.Add(-1, row);
        }
    }

    private static Relation Join(BoundJoin node, Relation left, Relation right, Pairs pairs)
    {
        var fromLeft = new RowSelection(pairs.Left());
        var fromRight = new RowSelection(pairs.Right());
        var leftLayout = new HashSet<ColumnVariable>(left.Columns);
        var leftSlots = new Layout(left.Columns);
        var rightSlots = new Layout(right.Columns);
        var cells = new Cells[node.Output.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            var column = node.Output[i];
            cells[i] = leftLayout.Contains(column)
                ? left.Cells[leftSlots.SlotOf(column)].Select(fromLeft)
                : right.Cells[rightSlots.SlotOf(column)].Select(fromRight);
        }

        return new Relation(node.Output, cells, pairs.Count);
    }

    /// <summary>The rows of each group, group after group.</summary>
    private sealed class Matches
    {
        private readonly int[] _starts;
        private readonly int[] _rows;

        public Matches(int[] groups, int groupCount)
        {
            GroupCount = groupCount;
            _starts = new int[groupCount + 1];
            foreach (var group in groups)
            {
                if (group >= 0) _starts[group + 1]++;
            }

            for (var i = 0; i < groupCount; i++) _starts[i + 1] += _starts[i];
            _rows = new int[_starts[groupCount]];
            var next = _starts.AsSpan(0, groupCount).ToArray();
            for (var row = 0; row < groups.Length; row++)
            {
                if (groups[row] >= 0) _rows[next[groups[row]]++] = row;
            }
        }

        public int GroupCount { get; }

        public ReadOnlySpan<int> Of(int group) => _rows.AsSpan(_starts[group], _starts[group + 1] - _starts[group]);
    }

    /// <summary>The row pairs of the result, under the memory budget.</summary>
    private sealed class Pairs(RunContext context)
    {
        private int[] _left = [];
        private int[] _right = [];

        public int Count { get; private set; }

        public void Add(int left, int right)
        {
            if (Count == _left.Length)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                if (Count >= int.MaxValue / 4) throw KqlException.RowsExceeded(Count, int.MaxValue / 4);
                var size = Math.Max(1024, Count * 2);
                context.Memory.Reserve((size - Count) * 8L);
                Array.Resize(ref _left, size);
                Array.Resize(ref _right, size);
            }

            _left[Count] = left;
            _right[Count++] = right;
        }

        public int[] Left() => _left[..Count];

        public int[] Right() => _right[..Count];
    }
}
