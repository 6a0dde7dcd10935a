using System.Globalization;
using AksInsights.Core.Rightsizing.Backtests;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Service.Commands;

/// <summary>Decisions as CSV, <c>name,resource,time,request,limit</c>: epoch seconds, millicores or MiB, empty where nothing is set.</summary>
internal static class DecisionsFile
{
    private const double NanocoresInMillicore = 1e6;
    private const double BytesInMebibyte = 1 << 20;

    /// <summary>Writes decisions.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, IEnumerable<BacktestDecision> decisions)
    {
        using var writer = new StreamWriter(path);
        writer.Write("name,resource,time,request,limit\n");
        foreach (var (name, resource, at, sizing) in decisions)
        {
            var unit = resource == ResourceKind.Cpu ? NanocoresInMillicore : BytesInMebibyte;
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{name},{NameOf(resource)},{at.ToUnixTimeSeconds()},{sizing.Request / unit},{sizing.Limit / unit}\n"));
        }
    }

    /// <summary>Reads the moments of a file whose lines begin with <c>name,resource,time</c>; null, after saying why, when it cannot be read.</summary>
    public static ILookup<(string Name, ResourceKind Resource), DateTimeOffset>? ReadMoments(string path, CommandIo io)
    {
        try
        {
            var moments = new List<(string Name, ResourceKind Resource, DateTimeOffset At)>();
            foreach (var (number, line) in File.ReadLines(path).Index())
            {
                var fields = line.Split(',');
                if (line.Length == 0 || fields[0] == "name") continue;
                if (fields.Length < 3 || fields[1] is not ("cpu" or "memory") || !long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var at))
                {
                    io.Refuse(ExitCode.Impossible, $"`{path}`, line {number + 1}: expected name,resource,time with cpu or memory and seconds since 1970, found `{line}`.");
                    return null;
                }

                moments.Add((fields[0], fields[1] == "cpu" ? ResourceKind.Cpu : ResourceKind.Memory, DateTimeOffset.FromUnixTimeSeconds(at)));
            }

            return moments.ToLookup(m => (m.Name, m.Resource), m => m.At);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            io.Refuse(ExitCode.Impossible, $"`{path}` cannot be read: {failure.Message}");
            return null;
        }
    }

    private static string NameOf(ResourceKind resource) => resource == ResourceKind.Cpu ? "cpu" : "memory";
}
