using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AksInsights.Core.Workspaces;

namespace AksInsights.Service.Hosting;

/// <summary>When queries are evaluated. Pure.</summary>
internal static class ScheduleTimes
{
    private static readonly TimeSpan MostJitter = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The first moment after now at which a query's window has just become due, put off by a part of a minute (at most a tenth of its cadence) that follows from the names,
    /// so that hundreds of queries do not start in the same second, and each always in its own.
    /// </summary>
    public static DateTimeOffset First(DateTimeOffset now, WorkspaceId workspace, string query, TimeSpan every, TimeSpan offset)
    {
        var due = new DateTimeOffset(((now.UtcTicks - offset.Ticks) / every.Ticks * every.Ticks) + offset.Ticks, TimeSpan.Zero) + Jitter(workspace, query, every);
        return due > now ? due : due + every;
    }

    private static TimeSpan Jitter(WorkspaceId workspace, string query, TimeSpan every)
    {
        var most = every / 10 < MostJitter ? every / 10 : MostJitter;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{workspace.Value}\n{query}"));
        return new TimeSpan((long)(most.Ticks * (BinaryPrimitives.ReadUInt32LittleEndian(hash) / (double)uint.MaxValue)));
    }
}
