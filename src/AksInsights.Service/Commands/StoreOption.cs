using System.CommandLine;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;

namespace AksInsights.Service.Commands;

/// <summary>The option that names the store of findings.</summary>
internal sealed class StoreOption
{
    private readonly Option<FileInfo?> _file;

    /// <summary>Makes the option.</summary>
    /// <param name="required">Whether a command cannot do with an empty store that is gone afterwards.</param>
    public StoreOption(bool required) => _file = new Option<FileInfo?>("--store")
    {
        Description = required ? "The SQLite file that keeps the findings." : "The SQLite file that keeps the findings; without it they are gone afterwards.",
        HelpName = "FILE",
        Required = required,
    };

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Add(_file);

    /// <summary>The file that was named; null when none was.</summary>
    public FileInfo? FileOf(ParseResult parsed) => parsed.GetValue(_file);

    /// <summary>Opens the store, made if need be where <paramref name="mayMake"/>; null, after saying why, when it cannot be used.</summary>
    public async Task<SqlFindingStore?> OpenAsync(ParseResult parsed, bool mayMake, CommandIo io, CancellationToken cancellation)
    {
        var file = parsed.GetValue(_file);
        if (file is null) return await SqlFindingStore.OpenMemoryAsync(io.Time, cancellation).ConfigureAwait(false);
        if (!mayMake && !file.Exists)
        {
            io.Refuse(ExitCode.Impossible, $"There is no store `{file}`.", $"Make one with: aksinsights scan --workspace DIR --store {file}");
            return null;
        }

        try
        {
            return await SqlFindingStore.OpenFileAsync(file.FullName, io.Time, cancellation).ConfigureAwait(false);
        }
        catch (StoreException failure)
        {
            io.Refuse(ExitCode.Impossible, failure.Message);
            return null;
        }
    }
}
