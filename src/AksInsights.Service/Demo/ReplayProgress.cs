using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Service.Commands;
using Spectre.Console;

namespace AksInsights.Service.Demo;

/// <summary>Shows on standard error how far a replay has come; nothing when no person watches. Safe for concurrent use.</summary>
internal sealed class ReplayProgress : IProgress<LoadProgress>, IProgress<DateTimeOffset>
{
    private ProgressTask? _reading;
    private ProgressTask? _replaying;
    private DateTimeOffset _from;

    /// <summary>Shows two bars while some work is done, and takes them away after it.</summary>
    /// <param name="io">Where to.</param>
    /// <param name="from">The first moment of the replay.</param>
    /// <param name="to">The last one.</param>
    /// <param name="work">The work, which reports to this object.</param>
    public async Task<T> ShowAsync<T>(CommandIo io, DateTimeOffset from, DateTimeOffset to, Func<Task<T>> work)
    {
        if (!io.IsInteractive) return await work().ConfigureAwait(false);
        _from = from;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(io.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                _reading = context.AddTask("Reading the recording");
                _replaying = context.AddTask($"Replaying {At(from)}", maxValue: Math.Max(1, (to - from).TotalMinutes));
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
    public void Report(DateTimeOffset value)
    {
        if (_reading is not null) _reading.Value = _reading.MaxValue;
        if (_replaying is null) return;
        _replaying.Value = (value - _from).TotalMinutes;
        _replaying.Description = $"Replaying {At(value)}";
    }

    private static string At(DateTimeOffset moment) => FormattableString.Invariant($"{moment.UtcDateTime:ddd HH:mm}");
}
