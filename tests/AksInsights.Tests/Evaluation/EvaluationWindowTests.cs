using AksInsights.Core.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace AksInsights.Tests.Evaluation;

public sealed class EvaluationWindowTests
{
    [Theory]
    [InlineData("2026-01-05T10:09:59Z", "2026-01-05T10:00:00Z")]
    [InlineData("2026-01-05T10:10:00Z", "2026-01-05T10:05:00Z")]
    [InlineData("2026-01-05T12:10:00+02:00", "2026-01-05T10:05:00Z")]
    public void TheEndIsTheLastMultipleThatIsOldEnough(string now, string end)
    {
        var window = EvaluationWindow.Due(Time(now), Plans.Schedule);
        Assert.Equal(Time(end), window.End);
        Assert.Equal(TimeSpan.Zero, window.End.Offset);
        Assert.Equal(TimeSpan.FromHours(1), window.End - window.Start);
    }

    [Fact]
    public void DaysBeginAtMidnightUtc() =>
        Assert.Equal(Time("2026-01-05T00:00:00Z"), EvaluationWindow.Due(Time("2026-01-05T10:00:00Z"), Plans.Schedule with { Every = TimeSpan.FromDays(1) }).End);

    [Fact]
    public void ARecordingsWindowEndsExactlyWhereItIsTold()
    {
        var end = Time("2026-01-05T10:03:27.1234567Z");
        Assert.Equal(new EvaluationWindow(end - TimeSpan.FromHours(1), end), EvaluationWindow.EndingAt(end, Plans.Schedule));
    }

    [Fact]
    public void TheDueWindowIsNeverYoungerThanTheOffsetNorMissesOne() =>
        Prop.ForAll(Gen.Choose(0, 1_000_000_000).ToArbitrary(), Gen.Choose(1, 100_000).ToArbitrary(), Gen.Choose(0, 10_000).ToArbitrary(), (now, every, offset) =>
        {
            var clock = DateTimeOffset.UnixEpoch.AddSeconds(now);
            var schedule = new EvaluationSchedule(TimeSpan.FromSeconds(every), TimeSpan.FromSeconds(offset), TimeSpan.FromHours(1));
            var age = clock - EvaluationWindow.Due(clock, schedule).End;
            return age >= schedule.Offset && age < schedule.Offset + schedule.Every;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AScheduleWithoutLengthIsRefused() =>
        Assert.Throws<ArgumentException>(() => EvaluationWindow.Due(DateTimeOffset.UnixEpoch, Plans.Schedule with { Every = TimeSpan.Zero }));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
