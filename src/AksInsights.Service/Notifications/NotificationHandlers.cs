using MediatR;

namespace AksInsights.Service.Notifications;

/// <summary>Who listens to which notification, listed by hand: nothing is found by scanning assemblies.</summary>
public sealed class NotificationHandlers
{
    private readonly Dictionary<Type, Array> _byService = [];

    /// <summary>Adds the listeners of one notification, called in this order. A second call for the same notification is a mistake.</summary>
    /// <exception cref="ArgumentException">The notification has its listeners already.</exception>
    public NotificationHandlers On<T>(params INotificationHandler<T>[] handlers)
        where T : INotification
    {
        _byService.Add(typeof(IEnumerable<INotificationHandler<T>>), handlers);
        return this;
    }

    /// <summary>What MediatR asks for: the listeners, as an enumerable of the handler's closed type.</summary>
    /// <exception cref="InvalidOperationException">A notification was published that nobody listed listeners for, or a request was sent.</exception>
    internal object Resolve(Type service) => _byService.TryGetValue(service, out var handlers)
        ? handlers
        : throw new InvalidOperationException($"No listeners were listed for {service}; list them in the composition, be they none.");
}
