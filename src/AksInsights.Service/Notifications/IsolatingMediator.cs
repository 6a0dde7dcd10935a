using MediatR;

namespace AksInsights.Service.Notifications;

/// <summary>A mediator under which every handler of a notification runs, in order, whatever the others do.</summary>
/// <remarks>
/// The stock one stops at the first failure, and a listener that fails must not keep the next from hearing. What is published has been saved already, so a
/// failure is reported and not thrown.
/// </remarks>
public sealed class IsolatingMediator : Mediator
{
    private readonly Action<Exception> _failed;

    /// <summary>Makes a mediator.</summary>
    /// <param name="handlers">Who listens.</param>
    /// <param name="failed">Told of each handler that failed. Must not throw.</param>
    public IsolatingMediator(NotificationHandlers handlers, Action<Exception> failed)
        : base(handlers.Resolve) => _failed = failed;

    /// <inheritdoc/>
    protected override async Task PublishCore(IEnumerable<Task> allHandlers)
    {
        // A handler starts when the enumerator moves on to it, and one that throws before its first await throws from there; hence no foreach.
        using var handlers = allHandlers.GetEnumerator();
        var more = true;
        while (more)
        {
            try
            {
                more = handlers.MoveNext();
                if (more) await handlers.Current.ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A handler may fail in any way; this is the place where that is kept from the others.
            catch (Exception error)
#pragma warning restore CA1031
            {
                _failed(error);
            }
        }
    }
}
