using System.IO.Compression;
using AksInsights.Core.Rightsizing.Backtests;

namespace AksInsights.Service.Commands;

/// <summary>Opens series files, gzipped or not.</summary>
internal static class SeriesFile
{
    private static ReadOnlySpan<byte> GzipMagic => [0x1F, 0x8B];

    /// <summary>Reads a file; null, after saying why, when it cannot be read to its end.</summary>
    public static IReadOnlyList<UsageSeries>? Read(string path, CommandIo io)
    {
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> head = stackalloc byte[2];
            var gzip = file.ReadAtLeast(head, 2, throwOnEndOfStream: false) == 2 && head.SequenceEqual(GzipMagic);
            file.Position = 0;
            using Stream text = gzip ? new GZipStream(file, CompressionMode.Decompress) : file;
            using var reader = new StreamReader(text);
            var series = UsageSeriesReader.Read(reader, out var problem);
            if (problem is not null) return Refuse(io, $"`{path}` is no series file. {problem}");
            return series.Count > 0 ? series : Refuse(io, $"`{path}` has no series.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Refuse(io, $"`{path}` cannot be read: {failure.Message}");
        }
    }

    private static IReadOnlyList<UsageSeries>? Refuse(CommandIo io, string message)
    {
        io.Refuse(ExitCode.Impossible, message, "A line is name,resource,unit,interval_s,start_epoch,v0 v1 v2 ... as docs/rightsizing.md says.");
        return null;
    }
}
