namespace AksInsights.Adapters.Workspaces.Recorded.Reading;

/// <summary>Reads the files of several tables on all cores, each file once, the largest first.</summary>
internal sealed class LoadRun(IReadOnlyList<TableLoad> tables, RecordedWorkspaceOptions options)
{
    private readonly FileLoad[] _files = [.. tables.SelectMany(table => table.Files).OrderByDescending(file => file.File.Length)];
    private readonly Lock _gate = new();
    private long _rows;
    private long _reported;

    /// <summary>Reads everything.</summary>
    /// <exception cref="OperationCanceledException">The caller has asked for an end.</exception>
    public void Execute(CancellationToken cancellation)
    {
        var workers = Math.Max(1, options.Workers);
        try
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ => Work(cancellation));
            cancellation.ThrowIfCancellationRequested();
        }
        finally
        {
            foreach (var file in _files)
                file.Dispose();
        }
    }

    private void Work(CancellationToken cancellation)
    {
        var buffer = new byte[options.BlockBytes];
        while (!cancellation.IsCancellationRequested && Choose() is { } file)
        {
            Work(file, ref buffer, cancellation);
            lock (_gate)
                file.Workers--;
        }
    }

    private void Work(FileLoad file, ref byte[] buffer, CancellationToken cancellation)
    {
        IBlockWorker? worker = null;
        while (!cancellation.IsCancellationRequested && file.Take(ref buffer, out var index) is var length and > 0)
        {
            // Only now is the head of the file known.
            worker ??= file.Table.CreateWorker(file);
            var rows = worker.Read(buffer.AsSpan(0, length), index);
            Report(file, rows, atLeastBytes: 1 << 20);
        }

        Report(file, 0, atLeastBytes: 0);
    }

    /// <summary>The file that most needs another worker; null when all are done.</summary>
    private FileLoad? Choose()
    {
        lock (_gate)
        {
            FileLoad? best = null;
            foreach (var file in _files)
            {
                if (!file.IsDone && (best is null || file.Workers < best.Workers))
                    best = file;
            }

            if (best is not null)
                best.Workers++;
            return best;
        }
    }

    private void Report(FileLoad file, int rows, long atLeastBytes)
    {
        var all = Interlocked.Add(ref _rows, rows);
        if (options.Progress is not { } progress)
            return;
        var read = _files.Sum(each => each.StoredBytes);
        if (read - Interlocked.Read(ref _reported) < atLeastBytes)
            return;
        Interlocked.Exchange(ref _reported, read);
        progress.Report(new LoadProgress(file.Table.Name, read, _files.Sum(each => each.File.Length), all));
    }
}
