using AksInsights.Adapters.Channels;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Tests.Findings;

namespace AksInsights.Tests.Alerts;

/// <summary>Messages with nothing special about them, and some that mean harm.</summary>
internal static class AlertSamples
{
    public static readonly Uri Site = new("https://insights.example/");

    public static AlertWriter Writer { get; } = new(AlertTemplates.Shipped, new FindingNotes([]), Site);

    public static AlertItem Item(Finding? finding = null, FindingEventKind kind = FindingEventKind.Opened, double minute = 5)
    {
        var of = finding ?? Samples.Open();
        return new AlertItem(of, kind, of.Episode, of.Severity, Samples.Minute(minute));
    }

    public static AlertMessage Message(params AlertItem[] items) => new()
    {
        Key = "msg_0123456789abcdef",
        ThreadKey = "thread_0123456789abcdef",
        At = items.Max(item => item.At),
        Items = items,
        Document = Writer.Write(items, "c1 / shop / cart"),
    };

    public static AlertMessage Digest(AlertDocument document) => new()
    {
        Key = "msg_digest",
        ThreadKey = "thread_digest",
        At = Samples.Start,
        Items = [],
        Document = document,
    };

    /// <summary>A finding that says whatever it likes.</summary>
    public static Finding Saying(string title) => Samples.Open() with { Content = Samples.Open().Content with { Title = title } };

    /// <summary>A document of very many lines.</summary>
    public static AlertDocument Long(int lines, string text = "Deployment shop/cart: container app keeps restarting (restarts in an hour: 11)") => new()
    {
        Title = $"AksInsights: {lines} new",
        Worst = Severity.Critical,
        Sections = [new AlertSection($"New ({lines})", [.. Enumerable.Range(0, lines).Select(i => new AlertLine
        {
            Text = $"{i} {text}", Severity = Severity.Error, Detail = "error, 3 h, restarts 11 (threshold 3)", Action = "Read what the container said.", Link = new Uri(Site, $"findings/{i}"),
        })])],
        Link = Site,
    };

    public static (IAlertChannel? Channel, ChannelSettings Settings) Create(string kind, params (string Key, string Value)[] values)
    {
        var settings = new ChannelSettings("ops", values.Append(("Kind", kind)).Select(v => KeyValuePair.Create(v.Item1, v.Item2)));
        return (new ChannelFactory(TimeProvider.System, TextWriter.Null).Create(settings), settings);
    }

    public static IAlertChannel Channel(string kind, params (string Key, string Value)[] values)
    {
        var (channel, settings) = Create(kind, values);
        Assert.Empty(settings.Mistakes);
        return channel!;
    }
}
