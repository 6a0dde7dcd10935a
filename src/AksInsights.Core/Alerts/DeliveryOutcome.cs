namespace AksInsights.Core.Alerts;

/// <summary>How the attempt to send a message went: a closed set of cases.</summary>
public abstract record DeliveryOutcome
{
    private DeliveryOutcome()
    {
    }

    /// <summary>The receiver has it.</summary>
    /// <param name="Receipt">What the receiver said, for people; null when it said nothing of use.</param>
    public sealed record Delivered(string? Receipt = null) : DeliveryOutcome;

    /// <summary>It may work later.</summary>
    /// <param name="After">How long to wait before the next attempt.</param>
    /// <param name="Reason">What went wrong, as a full sentence without secrets.</param>
    public sealed record TryLater(TimeSpan After, string Reason) : DeliveryOutcome;

    /// <summary>It will never work.</summary>
    /// <param name="Reason">Why, as a full sentence without secrets.</param>
    public sealed record Refused(string Reason) : DeliveryOutcome;
}
