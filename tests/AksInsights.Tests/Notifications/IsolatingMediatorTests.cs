using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Notifications;
using MediatR;

namespace AksInsights.Tests.Notifications;

public sealed class IsolatingMediatorTests
{
    private static readonly WorkspaceId Workspace = new("w");
    private static readonly FindingId Finding = new("0123456789abcdef");
    private static readonly QueryId Query = new("pods/crash-loop");

    private readonly List<string> _heard = [];
    private readonly List<Exception> _failures = [];

    [Fact]
    public async Task EveryListenerHearsInOrderWhateverTheOthersDo()
    {
        var handlers = new NotificationHandlers().On(
            Listener("throws at once", () => throw new InvalidOperationException("first")),
            Listener("fails later", () => Task.FromException(new InvalidOperationException("second"))),
            Listener("is slow", () => Task.Delay(1)),
            Listener("throws too", () => throw new InvalidOperationException("third")),
            Listener("is last", () => Task.CompletedTask));
        await new IsolatingMediator(handlers, _failures.Add).Publish(Opened());
        Assert.Equal(["throws at once", "fails later", "is slow", "throws too", "is last"], _heard);
        Assert.Equal(["first", "second", "third"], _failures.Select(failure => failure.Message));
    }

    [Fact]
    public async Task AListenerHearsItsOwnNotificationOnly()
    {
        var handlers = new NotificationHandlers().On(Listener("opened", () => Task.CompletedTask)).On<FindingResolved>();
        var mediator = new IsolatingMediator(handlers, _failures.Add);
        await mediator.Publish(new FindingResolved(Workspace, Finding, Query, "cleared", DateTimeOffset.UnixEpoch, true));
        Assert.Empty(_heard);
        await mediator.Publish(Opened());
        Assert.Equal(["opened"], _heard);
    }

    [Fact]
    public async Task ANotificationThatNobodyListedIsAMistakeOfOurs() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => new IsolatingMediator(new NotificationHandlers(), _failures.Add).Publish(Opened()));

    [Fact]
    public async Task EachNotificationReachesTheTally()
    {
        var tally = new TransitionTally();
        var handlers = new NotificationHandlers().On<FindingOpened>(tally).On<FindingChanged>(tally).On<FindingResolved>(tally);
        var mediator = new IsolatingMediator(handlers, _failures.Add);
        await mediator.Publish(Opened());
        await mediator.Publish(Opened() with { Episode = 2 });
        await mediator.Publish(new FindingChanged(Workspace, Finding, Query, Severity.Error, FindingEventKind.Escalated, DateTimeOffset.UnixEpoch, true));
        await mediator.Publish(new FindingResolved(Workspace, Finding, Query, "cleared", DateTimeOffset.UnixEpoch, true));
        FindingEventKind[] kinds = [FindingEventKind.Opened, FindingEventKind.Reopened, FindingEventKind.Escalated, FindingEventKind.Resolved];
        Assert.All(kinds, kind => Assert.Equal(1, tally[kind]));
        Assert.Equal(0, tally[FindingEventKind.Clearing]);
    }

    [Fact]
    public void EveryNotificationOfTheProductIsSealedAndHeardByTheTally()
    {
        var notifications = typeof(FindingOpened).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(INotification)) && type.IsClass).ToArray();
        Assert.Equal(3, notifications.Length);
        Assert.All(notifications, type => Assert.True(type.IsSealed));
        Assert.All(notifications, type => Assert.True(typeof(TransitionTally).IsAssignableTo(typeof(INotificationHandler<>).MakeGenericType(type))));
    }

    [Fact]
    public void NotificationsArePublishedInOnePlace()
    {
        var places = Directory.EnumerateFiles(Repository.Path("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains(".Publish(", StringComparison.Ordinal)).Select(file => Path.GetFileName(file)).ToArray();
        Assert.Equal(["EvaluationCycle.cs"], places);
    }

    private static FindingOpened Opened() => new(Workspace, Finding, Query, Severity.Error, 1, DateTimeOffset.UnixEpoch, true);

    private Recorder Listener(string name, Func<Task> does) => new(() =>
    {
        _heard.Add(name);
        return does();
    });

    private sealed class Recorder(Func<Task> does) : INotificationHandler<FindingOpened>
    {
        public Task Handle(FindingOpened notification, CancellationToken cancellationToken) => does();
    }
}
