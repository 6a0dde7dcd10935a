using System.CommandLine;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Service.Commands;

/// <summary>The options of <c>propose</c>.</summary>
internal sealed class ProposeOptions
{
    private readonly Option<string?> _recommendations = new("--recommendations", "-r")
    {
        Description = "The file that `aksinsights recommend --output json` wrote; - reads standard input.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<DirectoryInfo> _folder = new("--folder", "-C")
    {
        Description = "The working folder of the repository with the manifests.",
        HelpName = "DIR",
        DefaultValueFactory = _ => new DirectoryInfo("."),
    };

    private readonly Option<string[]> _workload = new("--workload")
    {
        Description = "Only this workload, as namespace/name; a star stands for any. May be given several times.",
        HelpName = "NAME",
    };

    private readonly Option<string> _output = SharedOptions.Output("diff");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _recommendations, _folder, _output, _workload }) command.Add(option);
    }

    /// <summary>The folder that was named.</summary>
    public DirectoryInfo FolderOf(ParseResult parsed) => parsed.GetRequiredValue(_folder);

    /// <summary>The recommendations that were asked for; null, after saying why, when they cannot be read.</summary>
    public async Task<IReadOnlyList<Recommendation>?> ReadRecommendationsAsync(ParseResult parsed, CommandIo io, CancellationToken cancellation)
    {
        var file = parsed.GetRequiredValue(_recommendations)!;
        string text;
        try
        {
            text = file == "-" ? await io.In.ReadToEndAsync(cancellation).ConfigureAwait(false) : await File.ReadAllTextAsync(file, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            io.Refuse(ExitCode.Impossible, $"`{file}` cannot be read: {failure.Message}", "Make it with: aksinsights recommend --output json > recommendations.json");
            return null;
        }

        var all = RecommendationJson.Read(text, out var mistake);
        if (mistake is not null)
        {
            io.Refuse(ExitCode.Impossible, $"`{file}` cannot be used: {mistake}.", "Make it with: aksinsights recommend --output json > recommendations.json");
            return null;
        }

        var wanted = parsed.GetValue(_workload) ?? [];
        return wanted.Length == 0 ? all : [.. all.Where(r => wanted.Any(w => Fits(w, r.Container)))];
    }

    private static bool Fits(string pattern, ContainerKey key) =>
        pattern.Split('/') is [var space, var name] && (space == "*" || space == key.Namespace) && (name == "*" || name == key.Workload);
}
