using System.CommandLine;
using AksInsights.Adapters.Forges;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Changes;
using AksInsights.Core.Changes.Proposals;
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

    private readonly Option<DirectoryInfo> _repository = new("--repository", "--folder", "-C")
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

    private readonly Option<string> _output = SharedOptions.Output(ProposeOutput.Diff, ProposeOutput.Branch, ProposeOutput.PullRequest);

    private readonly Option<ChangeGrouping?> _group = new("--group")
    {
        Description = "What goes into one change. By default a workload, and for a diff everything.",
        HelpName = "workload|namespace|all",
    };

    private readonly Option<string?> _base = new("--base")
    {
        Description = "The branch that changes are for. By default the one that is checked out, and for pull requests the forge's default.",
        HelpName = "BRANCH",
    };

    private readonly Option<string?> _remote = new("--remote")
    {
        Description = "The repository on the forge, as git writes its address. By default that of `origin`.",
        HelpName = "URL",
    };

    private readonly Option<string?> _forge = Forge();

    private readonly Option<Uri?> _api = Api();

    private readonly Option<int> _mostOpen = new("--max-open") { Description = "How many pull requests may be open at one time.", HelpName = "N", DefaultValueFactory = _ => 10 };

    private readonly Option<int> _mostNew = new("--max-new") { Description = "How many are opened in one run.", HelpName = "N", DefaultValueFactory = _ => 5 };

    private readonly StoreOption _store = new("--store", "Notes pull requests here, for dashboards: an SQLite file, or a PostgreSQL database as postgres://user@host/database.");

    private readonly Option<bool> _draft = new("--draft") { Description = "Open pull requests as drafts." };

    /// <summary>The option that says which forge it is.</summary>
    public static Option<string?> Forge()
    {
        var option = new Option<string?>("--forge") { Description = "Which forge it is, where the host's name does not say.", HelpName = "github|azure-devops|gitlab" };
        option.AcceptOnlyFromAmong("github", "azure-devops", "gitlab");
        return option;
    }

    /// <summary>The option that says where a forge is asked.</summary>
    public static Option<Uri?> Api() => new("--api")
    {
        Description = "The address of the forge's REST interface, where it is not the usual one.",
        HelpName = "URL",
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value.TrimEnd('/') + "/", UriKind.Absolute, out var uri) ? uri : Error(result),
    };

    /// <summary>The forge that a word of <see cref="Forge"/> stands for.</summary>
    public static ForgeKind? KindOf(string? word) => word switch
    {
        "github" => ForgeKind.GitHub,
        "azure-devops" => ForgeKind.AzureDevOps,
        "gitlab" => ForgeKind.GitLab,
        _ => null,
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _recommendations, _repository, _output, _workload, _group, _base, _remote, _forge, _api, _mostOpen, _mostNew, _draft }) command.Add(option);
        _store.AddTo(command);
        command.Validators.Add(result =>
        {
            if (_store.IsNamed(result) && result.GetValue(_output) != ProposeOutput.PullRequest) result.AddError($"`--store` notes pull requests, so it goes with `--output {ProposeOutput.PullRequest}`.");
        });
    }

    /// <summary>The form that was asked for; one of <see cref="ProposeOutput"/>.</summary>
    public string OutputOf(ParseResult parsed) => parsed.GetRequiredValue(_output);

    /// <summary>The folder that was named.</summary>
    public DirectoryInfo FolderOf(ParseResult parsed) => parsed.GetRequiredValue(_repository);

    /// <summary>What goes into one change.</summary>
    public ChangeGrouping GroupingOf(ParseResult parsed) => parsed.GetValue(_group) ?? (OutputOf(parsed) == ProposeOutput.Diff ? ChangeGrouping.All : ChangeGrouping.Workload);

    /// <summary>The branch that was named; null when none was.</summary>
    public string? BaseOf(ParseResult parsed) => parsed.GetValue(_base);

    /// <summary>The address that was named; null when none was.</summary>
    public string? RemoteOf(ParseResult parsed) => parsed.GetValue(_remote);

    /// <summary>Whether pull requests are to be noted in a store.</summary>
    public bool HasStore(ParseResult parsed) => _store.AddressOf(parsed) is not null;

    /// <summary>Opens the store that was named, or one that ends with its disposal; null, after saying why, when it cannot be used.</summary>
    public Task<SqlFindingStore?> OpenStoreAsync(ParseResult parsed, CommandIo io, CancellationToken cancellation) => _store.OpenAsync(parsed, mayMake: false, io, cancellation);

    /// <summary>How many pull requests there may be.</summary>
    public ProposalLimits LimitsOf(ParseResult parsed) => new(parsed.GetValue(_mostOpen), parsed.GetValue(_mostNew), parsed.GetValue(_draft));

    /// <summary>The repository on a forge.</summary>
    public HostAnswer<ForgeAddress> AddressOf(ParseResult parsed, string remote) => ForgeAddress.Read(remote, KindOf(parsed.GetValue(_forge)), parsed.GetValue(_api));

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

    private static Uri? Error(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"`{result.Tokens[0].Value}` is no address; write it as https://host/.");
        return null;
    }

    private static bool Fits(string pattern, ContainerKey key) =>
        pattern.Split('/') is [var space, var name] && (space == "*" || space == key.Namespace) && (name == "*" || name == key.Workload);
}

/// <summary>The forms of <c>propose --output</c>.</summary>
internal static class ProposeOutput
{
    /// <summary>A diff that git applies.</summary>
    public const string Diff = "diff";

    /// <summary>A local branch for each change.</summary>
    public const string Branch = "branch";

    /// <summary>A pull request for each change.</summary>
    public const string PullRequest = "pull-request";
}
