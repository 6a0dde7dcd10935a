using AksInsights.Adapters.Workspaces.Recorded.Cells;
using AksInsights.Adapters.Workspaces.Recorded.Json;

namespace AksInsights.Adapters.Workspaces.Recorded.Reading;

/// <summary>Finds the newest time of a table that nothing else is wanted of, in lines that begin with their time, as the service writes them.</summary>
/// <remarks>Only the start of a line is read, and the rest just of those lines that are newer than all before. Cost: a fraction of a load's.</remarks>
internal sealed class NewestTimeLoad(string name, IEnumerable<RecordedFile> files) : TableLoad(name, files, [], null)
{
    private readonly Lock _gate = new();

    /// <summary>The newest time of a whole record in ticks; null when there is none.</summary>
    public long? Ticks { get; private set; }

    /// <summary>True when a line begins otherwise; then the answer has to be found by loading the column.</summary>
    public bool HasGivenUp { get; private set; }

    /// <inheritdoc/>
    public override IBlockWorker CreateWorker(FileLoad file) => new Worker(this, file);

    private void Offer(long ticks)
    {
        lock (_gate)
        {
            if (!(ticks <= Ticks))
                Ticks = ticks;
        }
    }

    private void GiveUp(FileLoad file)
    {
        HasGivenUp = true;
        file.Stop();
    }

    private sealed class Worker(NewestTimeLoad load, FileLoad file) : IBlockWorker
    {
        private long _newest = -1;

        private static ReadOnlySpan<byte> Start => "{\"TimeGenerated\":\""u8;

        /// <inheritdoc/>
        public int Read(ReadOnlySpan<byte> block, int index)
        {
            var rows = 0;
            while (!block.IsEmpty && !load.HasGivenUp)
            {
                var length = block.IndexOf((byte)'\n');
                var line = length < 0 ? block : block[..length];
                block = block[Math.Min(line.Length + 1, block.Length)..];
                rows++;
                if (!TryLine(line))
                    load.GiveUp(file);
            }

            if (_newest >= 0)
                load.Offer(_newest);
            return rows;
        }

        private bool TryLine(ReadOnlySpan<byte> line)
        {
            if (!line.StartsWith(Start))
                return false;
            var time = line[Start.Length..];
            var length = IsoInstant.Read(time, out var ticks);
            if (length < 0 || length >= time.Length || time[length] != '"')
                return false;
            if (ticks > _newest && JsonScan.SkipValue(line, 0) is var end and > 0 && JsonScan.SkipSpace(line, end) == line.Length)
                _newest = ticks;
            return true;
        }
    }
}
