using System.CommandLine;
using AksInsights.Service.Alerts;
using AksInsights.Service.Workspaces;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Service.Commands;

/// <summary>The option that names the configuration.</summary>
internal sealed class ConfigOption
{
    private const string Prefix = "AKSINSIGHTS_";

    private readonly Option<FileInfo?> _file = new("--config", "-c")
    {
        Description = "The configuration, a JSON file; environment variables such as AKSINSIGHTS_Alerts__Site go over it. By default appsettings.json, where there is one.",
        HelpName = "FILE",
    };

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Add(_file);

    /// <summary>Reads what the configuration says about alerts; null, after saying why, when it is wrong.</summary>
    public AlertSettings? Alerts(ParseResult parsed, CommandIo io)
    {
        // Most command lines have none, and then nothing of it is loaded.
        if (!IsThere(parsed)) return AlertSettings.None();
        if (Read(parsed, io) is not { } configuration) return null;
        if (AlertSettings.Read(configuration, io.Time, io.Out, out var mistakes) is { } settings) return settings;
        foreach (var mistake in mistakes) io.Error.WriteLine(mistake);
        return null;
    }

    /// <summary>Reads what the configuration says about Azure; null, after saying why, when it is wrong.</summary>
    public AzureSettings? Azure(ParseResult parsed, CommandIo io)
    {
        if (!IsThere(parsed)) return new AzureSettings();
        if (Read(parsed, io) is not { } configuration) return null;
        if (AzureSettings.Read(configuration, out var mistakes) is { } settings) return settings;
        foreach (var mistake in mistakes) io.Error.WriteLine(mistake);
        return null;
    }

    /// <summary>Whether there is a configuration at all.</summary>
    public bool IsThere(ParseResult parsed) => parsed.GetValue(_file) is not null || File.Exists("appsettings.json")
        || Environment.GetEnvironmentVariables().Keys.Cast<string>().Any(k => k.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase));

    /// <summary>The configuration; null, after saying why, when it cannot be read.</summary>
    public IConfigurationRoot? Read(ParseResult parsed, CommandIo io)
    {
        var named = parsed.GetValue(_file);
        if (named is { Exists: false })
        {
            io.Refuse(ExitCode.Impossible, $"There is no configuration `{named}`.");
            return null;
        }

        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.GetFullPath(named?.FullName ?? "appsettings.json"), optional: named is null)
                .AddEnvironmentVariables(Prefix)
                .Build();
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            io.Refuse(ExitCode.Impossible, $"The configuration cannot be read: {error.InnerException?.Message ?? error.Message}");
            return null;
        }
    }
}
