using AksInsights.Adapters.Storage;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Core.Workspaces;
using AksInsights.Kql.Columns;

namespace AksInsights.Service.Commands;

/// <summary>The things that <c>doctor</c> looks at, one method each.</summary>
internal static class DoctorChecks
{
    private const long LittleRoom = 512L << 20;
    private static readonly TimeSpan SlowWrite = TimeSpan.FromSeconds(1);
    private static readonly string[] TimeColumn = ["TimeGenerated"];

    /// <summary>The clock: whether it can be right at all.</summary>
    public static Advice Clock(TimeProvider time)
    {
        var now = time.GetUtcNow();
        var built = new DateTimeOffset(File.GetLastWriteTimeUtc(typeof(DoctorChecks).Assembly.Location), TimeSpan.Zero);
        return now < built - TimeSpan.FromDays(1)
            ? new Advice(AdviceState.Wrong, "clock", $"it says {now:yyyy-MM-dd HH:mm}Z, before this program was built.", "Set the clock; windows and suppressions depend on it.")
            : new Advice(AdviceState.Good, "clock", $"it is {now:yyyy-MM-dd HH:mm}Z.");
    }

    /// <summary>The library: whether every query can run.</summary>
    public static (Advice Advice, QueryLibrary? Library) Library(string folder)
    {
        if (!Directory.Exists(folder)) return (new Advice(AdviceState.Wrong, "queries", $"there is no folder `{folder}`.", "Name the library's folder with --queries."), null);
        var library = QueryLibrary.Load(folder);
        var schemas = KnownTables.ByName.Values.ToList();
        var mistakes = library.Diagnostics.Count + library.Queries.Sum(q => ResultChecks.Check(q, schemas).Count);
        return mistakes > 0
            ? (new Advice(AdviceState.Wrong, "queries", $"{mistakes} mistakes in `{folder}`.", "See them with: aksinsights query lint"), library)
            : (new Advice(AdviceState.Good, "queries", $"{library.Queries.Count} queries, none with a mistake."), library);
    }

    /// <summary>The recording: whether it can be read, which checks its tables allow, and how old it is.</summary>
    public static IEnumerable<Advice> Workspace(string? folder, QueryLibrary? library, TimeProvider time, CancellationToken cancellation)
    {
        if (folder is null) return [new Advice(AdviceState.Doubtful, "workspace", "none was named, so none was looked at.", "Name one: aksinsights doctor --workspace DIR")];
        return RecordedWorkspaceTables.Open(folder) switch
        {
            RecordedWorkspaceOpening.Refused refused => [new Advice(AdviceState.Wrong, "workspace", refused.Message, refused.Help)],
            RecordedWorkspaceOpening.Opened opened => Tables(opened.Tables, library, time, cancellation),
            var other => throw new InvalidOperationException($"An opening of a kind that does not exist: {other}."),
        };
    }

    /// <summary>The store: whether it can be opened.</summary>
    public static async Task<Advice> StoreAsync(StoreAddress? address, TimeProvider time, CancellationToken cancellation)
    {
        if (address is null) return new Advice(AdviceState.Doubtful, "store", "none was named; a scan without one forgets its findings.", "Name a file: aksinsights scan --workspace DIR --store findings.db");
        if (address is StoreAddress.File file && !File.Exists(file.Path)) return new Advice(AdviceState.Doubtful, "store", $"there is no `{file}` yet; the first scan makes it.");
        try
        {
            var store = await SqlFindingStore.OpenAsync(address, time, cancellation).ConfigureAwait(false);
            await using (store.ConfigureAwait(false))
            {
                var open = (await store.CountAsync(new FindingFilter { Conditions = [Condition.Open, Condition.Clearing] }, cancellation).ConfigureAwait(false)).Values.Sum();
                var version = await store.Upkeep.SchemaVersionAsync(cancellation).ConfigureAwait(false);
                var took = await store.Upkeep.TryWriteAsync(time, cancellation).ConfigureAwait(false);
                var found = $"`{address}` can be read and written and holds {open} open findings; schema {version}.";
                if (took > SlowWrite) return new Advice(AdviceState.Doubtful, "store", $"{found} A write took {took.TotalMilliseconds:0} ms.", "Evaluations wait for their store: use a faster disk, or one that is nearer.");
                return Room(address) is { } room ? room with { Found = $"{found} {room.Found}" } : new Advice(AdviceState.Good, "store", found);
            }
        }
        catch (StoreException failure)
        {
            return new Advice(AdviceState.Wrong, "store", failure.Message);
        }
    }

    private static Advice? Room(StoreAddress address)
    {
        if (address is not StoreAddress.File file) return null;
        var free = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(file.Path))!).AvailableFreeSpace;
        return free < LittleRoom ? new Advice(AdviceState.Doubtful, "store", $"Its disk has {free >> 20} MiB left.", "Free some space: a store on a full disk takes nothing more.") : null;
    }

    private static IEnumerable<Advice> Tables(RecordedWorkspaceTables tables, QueryLibrary? library, TimeProvider time, CancellationToken cancellation)
    {
        yield return Collected(tables);
        if (library is not null) yield return Blind(tables, library);
        if (tables.IgnoredFiles.Count > 0)
            yield return new Advice(AdviceState.Doubtful, "files", $"{string.Join(", ", tables.IgnoredFiles)} are no tables by their names and were passed over.");
        yield return Freshness(tables, time, cancellation);
        if (tables.Report.HasProblems)
            yield return new Advice(AdviceState.Doubtful, "rows", $"{tables.Report.ProblemCount} cells or records are bad and were counted, not used.", "A scan lists them with file and line.");
    }

    private static Advice Collected(RecordedWorkspaceTables tables)
    {
        var found = $"{tables.PresentTables.Count} tables: {string.Join(", ", tables.PresentTables)}";
        var preset = (tables.IsPresent("Perf"), tables.IsPresent("KubePodInventory"), tables.IsPresent("KubeNodeInventory")) switch
        {
            (true, true, true) => "everything that the presets Standard and Cost-optimized collect",
            (false, true, false) => "what the preset Logs and Events collects: nothing about CPU, memory and nodes",
            (true, false, _) => "Perf without an inventory: usage that belongs to no workload",
            _ => "a selection of its own",
        };
        return new Advice(tables.IsPresent("Perf") && tables.IsPresent("KubePodInventory") ? AdviceState.Good : AdviceState.Doubtful, "tables", $"{found}; {preset}.");
    }

    private static Advice Blind(RecordedWorkspaceTables tables, QueryLibrary library)
    {
        var blind = library.Checks.Where(q => q.Metadata.Requires.Tables.Any(t => !tables.IsPresent(t))).ToList();
        if (blind.Count == 0) return new Advice(AdviceState.Good, "checks", $"all {library.Checks.Count} have the tables they need.");
        var missing = blind.SelectMany(q => q.Metadata.Requires.Tables).Where(t => !tables.IsPresent(t)).Distinct().Order(StringComparer.Ordinal).ToList();
        return new Advice(
            AdviceState.Doubtful,
            "checks",
            $"{blind.Count} of {library.Checks.Count} can say nothing without {string.Join(", ", missing)}.",
            missing is [ResourceGraphTables.Resources]
                ? "`az graph query` writes this table, see docs/recorded-workspaces.md; or take no silence of these checks for health."
                : "Collect these tables with the preset Standard, or take no silence of these checks for health.");
    }

    private static Advice Freshness(RecordedWorkspaceTables tables, TimeProvider time, CancellationToken cancellation)
    {
        if (tables.NewestTimeGenerated(cancellation) is not { } newest)
            return new Advice(AdviceState.Wrong, "freshness", "no row has a time.", "Check that the files have the column TimeGenerated.");
        var behind = tables.PresentTables.Where(t => Newest(tables, t, cancellation) is { } time && newest - time > TimeSpan.FromHours(1)).ToList();
        var age = Durations.Format(TimeSpan.FromMinutes(Math.Max(0, Math.Floor((time.GetUtcNow().UtcDateTime - newest).TotalMinutes))));
        var found = $"the newest row is of {newest:yyyy-MM-dd HH:mm}Z, {age} ago; scans take that for now.";
        return behind.Count == 0
            ? new Advice(AdviceState.Good, "freshness", found)
            : new Advice(AdviceState.Doubtful, "freshness", $"{found} More than an hour behind it: {string.Join(", ", behind)}.", "Tables of events may be silent; inventories and Perf may not.");
    }

    private static DateTime? Newest(RecordedWorkspaceTables tables, string table, CancellationToken cancellation)
    {
        var symbol = tables.Tables.First(t => t.Name == table);
        if (symbol.Columns.All(c => c.Name != TimeColumn[0])) return null;
        var times = (Column<long>)tables.Load(symbol, TimeColumn, cancellation).Columns[TimeColumn[0]];
        long newest = 0;
        foreach (var ticks in times.Flatten()) newest = Math.Max(newest, ticks);
        return newest == 0 ? null : new DateTime(newest, DateTimeKind.Utc);
    }
}
