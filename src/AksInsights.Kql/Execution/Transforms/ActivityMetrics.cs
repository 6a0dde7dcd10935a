namespace AksInsights.Kql.Execution.Transforms;

/// <summary>What the activity plugins compute from one slice. Each row is the time or times, then the metrics.</summary>
/// <remarks>Source: the pages of the plugins under learn.microsoft.com/kusto/query. Windows without events give no rows, unless a method says otherwise.</remarks>
internal static class ActivityMetrics
{
    /// <summary><c>activity_counts_metrics</c>: events, ids, ids never seen before and all ids so far, per window. Values: start, end, window.</summary>
    public static IEnumerable<object[]> Counts(ActivitySlice slice)
    {
        var seen = new HashSet<int>();
        foreach (var (bin, events) in Windows(slice, slice.Values[2]!.Value))
        {
            var before = seen.Count;
            seen.UnionWith(events);
            yield return [bin, (long)events.Count, (long)events.Distinct().Count(), (long)(seen.Count - before), (long)seen.Count];
        }
    }

    /// <summary><c>activity_metrics</c>: each window against the one before it; rates against an empty window are NaN. Values: start, end, window.</summary>
    public static IEnumerable<object[]> Periods(ActivitySlice slice)
    {
        var size = slice.Values[2]!.Value;
        HashSet<int> previous = [];
        var expected = long.MinValue;
        foreach (var (bin, events) in Windows(slice, size))
        {
            if (bin != expected) previous = [];
            var current = events.ToHashSet();
            var returned = current.Count(previous.Contains);
            var retention = (double)returned / previous.Count;
            yield return [bin, (long)current.Count, (long)(current.Count - returned), retention, 1 - retention];
            previous = current;
            expected = bin + size;
        }
    }

    /// <summary>
    /// <c>new_activity_metrics</c>: the ids first seen in one window against each window from it on, windows without events included; windows without
    /// new ids begin no rows. Values: start, end, window, cohort.
    /// </summary>
    public static IEnumerable<object[]> Cohorts(ActivitySlice slice)
    {
        var size = slice.Values[2]!.Value;
        var windows = Windows(slice, size).ToDictionary(w => w.Bin, w => w.Ids.ToHashSet());
        var seen = new HashSet<int>();
        foreach (var (from, ids) in windows)
        {
            var cohort = ids.Where(id => !seen.Contains(id)).ToHashSet();
            seen.UnionWith(ids);
            if (cohort.Count == 0 || (slice.Values[3] is { } only && slice.Bin(only, size) != from)) continue;
            foreach (var to in slice.BinsFrom(from, size))
            {
                var current = windows.GetValueOrDefault(to) ?? [];
                var retained = cohort.Count(current.Contains);
                var fresh = to == from ? cohort.Count : current.Count(id => !seen.Contains(id));
                var rate = (double)retained / cohort.Count;
                yield return [from, to, (long)fresh, (long)retained, (long)(cohort.Count - retained), rate, 1 - rate];
            }
        }
    }

    /// <summary><c>sliding_window_counts</c>: events and ids of the window that ends with each bin. Values: start, end, window, bin.</summary>
    public static IEnumerable<object[]> Sliding(ActivitySlice slice)
    {
        var (window, size) = (slice.Values[2]!.Value, slice.Values[3]!.Value);
        var bins = slice.Events.GroupBy(e => slice.Bin(e.Time, size)).ToDictionary(g => g.Key, g => g.Select(e => e.Id).ToArray());
        foreach (var bin in slice.BinsFrom(slice.Start, size))
        {
            var ids = new HashSet<int>();
            var count = 0L;
            for (var back = 0L; back < window; back += size)
            {
                if (!bins.TryGetValue(bin - back, out var inside)) continue;
                count += inside.Length;
                ids.UnionWith(inside);
            }

            if (count > 0) yield return [bin, count, (long)ids.Count];
        }
    }

    /// <summary>
    /// <c>active_users_count</c>: ids that, at some event of the bin, had been seen in enough periods of the lookback before it. Values: start, end, lookback,
    /// period, least number of periods, bin.
    /// </summary>
    public static IEnumerable<object[]> Active(ActivitySlice slice)
    {
        var (lookback, period, least, size) = (slice.Values[2]!.Value, slice.Values[3]!.Value, slice.Values[4]!.Value, slice.Values[5]!.Value);
        var active = new SortedDictionary<long, HashSet<int>>();
        foreach (var own in slice.Events.GroupBy(e => e.Id))
        {
            var times = own.Select(e => e.Time).ToArray();
            var first = 0;
            for (var i = 0; i < times.Length; i++)
            {
                while (times[first] <= times[i] - lookback) first++;
                if (times[i] < slice.Start || times[i] > slice.End) continue;
                if (times[first..(i + 1)].Select(t => slice.Bin(t, period)).Distinct().LongCount() < least) continue;
                var bin = slice.Bin(times[i], size);
                if (!active.TryGetValue(bin, out var ids)) active[bin] = ids = [];
                ids.Add(own.Key);
            }
        }

        return active.Select(bin => new object[] { bin.Key, (long)bin.Value.Count });
    }

    /// <summary>
    /// <c>activity_engagement</c>: ids of each inner window, ids of the outer window that ends with it, and their ratio. Values: start, end, inner window,
    /// outer window. Times before the start count for outer windows.
    /// </summary>
    public static IEnumerable<object[]> Engagement(ActivitySlice slice)
    {
        var (inner, outer) = (slice.Values[2]!.Value, slice.Values[3]!.Value);
        foreach (var bin in slice.BinsFrom(slice.Start, inner))
        {
            var end = bin + inner;
            var around = slice.Events.Where(e => e.Time >= end - outer && e.Time < end && e.Time <= slice.End).ToArray();
            var all = around.Select(e => e.Id).Distinct().LongCount();
            if (all == 0) continue;
            var own = around.Where(e => e.Time >= bin).Select(e => e.Id).Distinct().LongCount();
            yield return [bin, own, all, (double)own / all];
        }
    }

    /// <summary>
    /// <c>session_count</c>: sessions that were active in each bin. An event of an id that was not seen within the lookback before begins a session.
    /// Values: start, end, bin, lookback.
    /// </summary>
    public static IEnumerable<object[]> Sessions(ActivitySlice slice)
    {
        var (size, lookback) = (slice.Values[2]!.Value, slice.Values[3]!.Value);
        var bins = new SortedDictionary<long, HashSet<(int Id, int Session)>>();
        var last = new Dictionary<int, (long Time, int Session)>();
        foreach (var (time, id) in slice.Events)
        {
            var session = !last.TryGetValue(id, out var before) ? 0 : time - before.Time > lookback ? before.Session + 1 : before.Session;
            last[id] = (time, session);
            if (time < slice.Start || time > slice.End) continue;
            var bin = slice.Bin(time, size);
            if (!bins.TryGetValue(bin, out var sessions)) bins[bin] = sessions = [];
            sessions.Add((id, session));
        }

        return bins.Select(bin => new object[] { bin.Key, (long)bin.Value.Count });
    }

    private static IEnumerable<(long Bin, List<int> Ids)> Windows(ActivitySlice slice, long size) =>
        slice.Inside.GroupBy(e => slice.Bin(e.Time, size)).OrderBy(g => g.Key).Select(g => (g.Key, g.Select(e => e.Id).ToList()));
}
