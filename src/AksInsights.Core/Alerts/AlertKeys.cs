using System.Security.Cryptography;
using System.Text;
using AksInsights.Core.Findings;

namespace AksInsights.Core.Alerts;

/// <summary>Names for threads and groups.</summary>
internal static class AlertKeys
{
    /// <summary>The name of the thread that a group's messages make in a channel.</summary>
    public static string Thread(string channel, string group) => "thread_" + Hash($"{channel}\n{group}");

    /// <summary>A short hash, for names that others see.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];

    /// <summary>A group for people: the last part of what its findings have in common; <c>prod / shop / cart</c>.</summary>
    public static string GroupText(Finding first, string group)
    {
        var parts = group.Split('\n').Where(part => part.Length > 0 && part != first.Id.Value).Select(part => ClusterName.Of(part)!);
        return PlainText.Line(string.Join(" / ", parts));
    }
}
