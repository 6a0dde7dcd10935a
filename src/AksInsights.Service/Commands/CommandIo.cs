namespace AksInsights.Service.Commands;

/// <summary>Where a command reads and writes: results go to <paramref name="Out"/>, all else to <paramref name="Error"/>.</summary>
/// <param name="In">Standard input.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="IsInteractive">Whether a person watches standard error, so that progress and colours make sense.</param>
/// <param name="Width">The width of the window that shows standard output, in characters; null when it goes to a file or pipe, and then it is plain.</param>
/// <param name="Time">The clock.</param>
internal sealed record CommandIo(TextReader In, TextWriter Out, TextWriter Error, bool IsInteractive, int? Width, TimeProvider Time)
{
    /// <summary>The process's own. Results are UTF-8 without a byte order mark and buffered; whoever runs commands flushes them.</summary>
    public static CommandIo OfProcess()
    {
        var results = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 1 << 16);
        return new CommandIo(Console.In, results, Console.Error, !Console.IsErrorRedirected, Console.IsOutputRedirected ? null : Console.WindowWidth, TimeProvider.System);
    }

    /// <summary>Says on standard error why a command cannot be done, and what to do next.</summary>
    public int Refuse(int exitCode, string message, string? help = null)
    {
        Error.WriteLine(message);
        if (help is not null) Error.WriteLine(help);
        return exitCode;
    }
}
