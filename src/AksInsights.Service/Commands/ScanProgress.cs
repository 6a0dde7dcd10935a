using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Findings;
using Spectre.Console;

namespace AksInsights.Service.Commands;

/// <summary>Shows on standard error how far a scan or a replay has come; nothing when no person watches. Safe for concurrent use.</summary>
internal sealed class ScanProgress : IProgress<LoadProgress>, IProgress<QueryId>, IProgress<DateTimeOffset>
{
    private ProgressTask? _reading;
    private ProgressTask? _running;

    /// <summary>Shows two bars while some work is done, and takes them away after it.</summary>
    /// <param name="io">Where to.</param>
    /// <param name="task">What the second one is called.</param>
    /// <param name="steps">How many queries will be evaluated, or moments replayed.</param>
    /// <param name="work">The work, which reports to this object.</param>
    public async Task<T> ShowAsync<T>(CommandIo io, string task, int steps, Func<Task<T>> work)
    {
        if (!io.IsInteractive) return await work().ConfigureAwait(false);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(io.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                _reading = context.AddTask("Reading the recording");
                _running = context.AddTask(task, maxValue: Math.Max(1, steps));
                return work();
            })
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Report(LoadProgress value)
    {
        if (_reading is null || value.BytesTotal == 0) return;
        _reading.Value = 100.0 * value.BytesRead / value.BytesTotal;
    }

    /// <inheritdoc/>
    public void Report(QueryId value) => Step();

    /// <inheritdoc/>
    public void Report(DateTimeOffset value)
    {
        Step();
        if (_running is not null) _running.Description = FormattableString.Invariant($"Replaying {value.UtcDateTime:ddd HH:mm}");
    }

    private void Step()
    {
        if (_reading is not null) _reading.Value = _reading.MaxValue;
        _running?.Increment(1);
    }
}
