using System.CommandLine;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;

namespace AksInsights.Service.Commands;

/// <summary><c>findings</c>: what is in a store, and what people say about it.</summary>
internal static class FindingsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io) => new("findings", "Look at the findings of a store, acknowledge and suppress them.")
    {
        FindingsListCommand.Create(io),
        FindingsShowCommand.Create(io),
        FindingsAckCommand.Create(io),
        FindingsSuppressCommand.Create(io),
    };

    /// <summary>The name of a finding.</summary>
    public static Argument<string> Id() => new("ID") { Description = "The finding's id, or the beginning of it." };

    /// <summary>Who says it.</summary>
    public static Option<string> By() => new("--by")
    {
        Description = "Who says so; by default the user who is logged in.",
        HelpName = "NAME",
        DefaultValueFactory = _ => Environment.UserName,
    };

    /// <summary>Opens the store, does something and closes it; says so when the store cannot work.</summary>
    public static async Task<int> WithStoreAsync(
        StoreOption option, ParseResult parsed, CommandIo io, Func<SqlFindingStore, Task<int>> work, CancellationToken cancellation)
    {
        if (await option.OpenAsync(parsed, mayMake: false, io, cancellation).ConfigureAwait(false) is not { } store) return ExitCode.Impossible;
        await using (store.ConfigureAwait(false))
        {
            try
            {
                return await work(store).ConfigureAwait(false);
            }
            catch (StoreException failure)
            {
                return io.Refuse(ExitCode.Impossible, failure.Message);
            }
        }
    }

    /// <summary>The finding that an id, or the beginning of one, names; null, after saying why, when it names none or several.</summary>
    public static async Task<Finding?> FindAsync(IFindingStore store, string id, CommandIo io, CancellationToken cancellation)
    {
        if (FindingId.IsValid(id) && await store.FindAsync(new FindingId(id), cancellation).ConfigureAwait(false) is { } exact) return exact;
        var named = await store.ListAsync(new FindingFilter { IdPrefix = id, Limit = 2 }, cancellation).ConfigureAwait(false);
        if (named.Count == 1) return named[0];
        var found = named.Count == 0 ? $"There is no finding `{id}` in the store." : $"`{id}` is the beginning of several ids.";
        io.Refuse(ExitCode.Misuse, found, "`aksinsights findings list` shows the ids.");
        return null;
    }

    /// <summary>Says something about a finding and prints what it says now.</summary>
    public static async Task<int> SayAsync(IFindingStore store, string id, Workflow workflow, string by, CommandIo io, CancellationToken cancellation)
    {
        if (await FindAsync(store, id, io, cancellation).ConfigureAwait(false) is not { } finding) return ExitCode.Misuse;
        var at = io.Time.GetUtcNow();
        var step = await store.ChangeAsync(finding.Id, f => WorkflowStep.Apply(f, workflow, at, by), cancellation).ConfigureAwait(false);
        if (step?.Finding is not { } changed) return io.Refuse(ExitCode.Impossible, $"The finding `{finding.Id}` is gone.");
        io.Out.Write($"{changed.Id}  {FindingJson.WorkflowName(changed.Workflow)}  {changed.Content.Title}\n");
        return ExitCode.Done;
    }
}
