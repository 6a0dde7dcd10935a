using Microsoft.Extensions.Logging;

namespace AksInsights.Service.Telemetry;

/// <summary>What the service logs, each event under a number that stays the same from version to version. No secret and no row of a workspace is among the values.</summary>
internal static partial class LogEvents
{
    [LoggerMessage(1001, LogLevel.Information, "Evaluated {Query} in {Workspace} up to {End:u}: {Outcome}, {Rows} rows, {Events} events, {Milliseconds} ms.")]
    public static partial void Evaluated(this ILogger logger, string query, string workspace, DateTimeOffset end, string outcome, int rows, int events, long milliseconds);

    [LoggerMessage(1002, LogLevel.Warning, "{Query} in {Workspace} gave no verdict up to {End:u} ({Outcome}): {Reason}")]
    public static partial void NoVerdict(this ILogger logger, string query, string workspace, DateTimeOffset end, string outcome, string? reason);

    [LoggerMessage(1003, LogLevel.Warning, "{Query} in {Workspace}: {Windows} windows lie too far back to be made up for and are left out.")]
    public static partial void Skipped(this ILogger logger, string query, string workspace, long windows);

    [LoggerMessage(1004, LogLevel.Warning, "{Query} in {Workspace} up to {End:u} was ended after {Limit}: it took longer than it may. It is tried again.")]
    public static partial void Overran(this ILogger logger, string query, string workspace, DateTimeOffset end, TimeSpan limit);

    [LoggerMessage(1005, LogLevel.Error, "The store cannot work: {Reason} What was to be done is tried again.")]
    public static partial void StoreFailed(this ILogger logger, string reason);

    [LoggerMessage(1006, LogLevel.Error, "A listener failed; what it was told of is saved.")]
    public static partial void ListenerFailed(this ILogger logger, Exception failure);

    [LoggerMessage(1007, LogLevel.Information, "Collected usage of {Days} days in {Workspace}.")]
    public static partial void UsageCollected(this ILogger logger, string workspace, int days);

    [LoggerMessage(1008, LogLevel.Warning, "Usage in {Workspace} is not complete: {Trouble}")]
    public static partial void UsageTrouble(this ILogger logger, string workspace, string trouble);

    [LoggerMessage(1009, LogLevel.Information, "Deleted what is old: {Findings} findings, {Events} events of others, {Evaluations} evaluations, {Messages} messages, {Days} days of usage.")]
    public static partial void Pruned(this ILogger logger, long findings, long events, long evaluations, long messages, long days);

    [LoggerMessage(2001, LogLevel.Information, "Delivered {Delivered} of {Messages} messages; {PutOff} wait for another attempt, {Refused} were refused.")]
    public static partial void Dispatched(this ILogger logger, int delivered, int messages, int putOff, int refused);

    [LoggerMessage(2002, LogLevel.Warning, "The last message that did not arrive: {Trouble}")]
    public static partial void DeliveryTrouble(this ILogger logger, string trouble);

    [LoggerMessage(2003, LogLevel.Warning, "Channel {Channel} could not be told again what is open: {Trouble}")]
    public static partial void RepeatFailed(this ILogger logger, string channel, string trouble);

    [LoggerMessage(2004, LogLevel.Information, "Digest {Digest} was made for {Channels} channels.")]
    public static partial void DigestMade(this ILogger logger, string digest, int channels);

    [LoggerMessage(2005, LogLevel.Error, "Digest {Digest} cannot be written: {Trouble}")]
    public static partial void DigestFailed(this ILogger logger, string digest, string trouble);

    [LoggerMessage(3001, LogLevel.Information, "Listening on {Address}.")]
    public static partial void Listening(this ILogger logger, string address);

    [LoggerMessage(3002, LogLevel.Information, "Watching {Workspace}: {Queries} queries.")]
    public static partial void Watching(this ILogger logger, string workspace, int queries);

    [LoggerMessage(3003, LogLevel.Warning, "What had begun took longer than {Patience} and is abandoned; the next start does it.")]
    public static partial void Abandoned(this ILogger logger, TimeSpan patience);

    [LoggerMessage(3004, LogLevel.Warning, "Traces or metrics cannot be sent: {Trouble} The service goes on without; this is said once.")]
    public static partial void ExportFailed(this ILogger logger, string trouble);
}
