using System.CommandLine;
using System.CommandLine.Parsing;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;

namespace AksInsights.Service.Commands;

/// <summary>The option that names the store of findings.</summary>
internal sealed class StoreOption
{
    private readonly Option<StoreAddress?> _address;

    /// <summary>Makes the option.</summary>
    /// <param name="required">Whether a command cannot do with an empty store that is gone afterwards.</param>
    /// <param name="name">Its name.</param>
    public StoreOption(bool required, string name = "--store") => _address = new Option<StoreAddress?>(name)
    {
        Description = "What keeps the findings: an SQLite file, or a PostgreSQL database as postgres://user@host/database"
            + (required ? "." : "; without it they are gone afterwards."),
        HelpName = "FILE|URL",
        Required = required,
        CustomParser = Read,
    };

    /// <summary>Makes the option for a command that can do without a store and then does less.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it is good for.</param>
    public StoreOption(string name, string description) =>
        _address = new Option<StoreAddress?>(name) { Description = description, HelpName = "FILE|URL", CustomParser = Read };

    /// <summary>Whether somebody named a store, be it a wrong one.</summary>
    public bool IsNamed(SymbolResult result) => result.GetResult(_address) is not null;

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Add(_address);

    /// <summary>The store that was named; null when none was.</summary>
    public StoreAddress? AddressOf(ParseResult parsed) => parsed.GetValue(_address);

    /// <summary>Opens the store, made if need be where <paramref name="mayMake"/>; null, after saying why, when it cannot be used.</summary>
    public async Task<SqlFindingStore?> OpenAsync(ParseResult parsed, bool mayMake, CommandIo io, CancellationToken cancellation)
    {
        if (AddressOf(parsed) is not { } address) return await SqlFindingStore.OpenMemoryAsync(io.Time, cancellation).ConfigureAwait(false);
        if (!mayMake && address is StoreAddress.File file && !File.Exists(file.Path))
        {
            io.Refuse(ExitCode.Impossible, $"There is no store `{file}`.", $"Make one with: aksinsights scan --workspace DIR --store {file}");
            return null;
        }

        try
        {
            return await SqlFindingStore.OpenAsync(address, io.Time, cancellation).ConfigureAwait(false);
        }
        catch (StoreException failure)
        {
            io.Refuse(ExitCode.Impossible, failure.Message);
            return null;
        }
    }

    private static StoreAddress? Read(ArgumentResult result)
    {
        var address = StoreAddress.TryParse(result.Tokens[0].Value, out var problem);
        if (address is null) result.AddError(problem!);
        return address;
    }
}
