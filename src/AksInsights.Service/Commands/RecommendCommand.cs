using System.CommandLine;
using AksInsights.Adapters.Storage;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Findings;

namespace AksInsights.Service.Commands;

/// <summary><c>recommend</c>: which requests and limits containers should have.</summary>
internal static class RecommendCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var options = new RecommendOptions();
        var command = new Command("recommend", "Say which requests and limits containers should have, from what they used, with reasons, money and a replay of their own past.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(options, parsed, io, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(RecommendOptions options, ParseResult parsed, CommandIo io, CancellationToken cancellation)
    {
        var policies = parsed.GetRequiredValue(options.Policies);
        var output = parsed.GetValue(options.Output)!;
        var folder = parsed.GetValue(options.Workspace);
        if (output == KqlOutput.Json && policies.Count > 1) return io.Refuse(ExitCode.Misuse, "--output json is what `propose` reads; name one policy.");
        if (folder is null && options.Store.AddressOf(parsed) is null) return io.Refuse(ExitCode.Misuse, "Name a recording with --workspace, or the store that `usage collect` filled with --store.");
        if (await options.Store.OpenAsync(parsed, mayMake: folder is not null, io, cancellation).ConfigureAwait(false) is not { } store) return ExitCode.Impossible;
        await using (store.ConfigureAwait(false))
        {
            try
            {
                if (folder is not null && await CollectAsync(options, parsed, folder, store, io, cancellation).ConfigureAwait(false) is { } refusal) return refusal;
                if (await AdviceReading.ReadAsync(options, parsed, store, policies, cancellation).ConfigureAwait(false) is { } views) return Write(views, options, parsed, output, io);
                return io.Refuse(ExitCode.Impossible, "The store has no usage yet.", "Fill it with: aksinsights usage collect --workspace DIR --store FILE");
            }
            catch (Exception failure) when (failure is RecordedWorkspaceException or StoreException)
            {
                return io.Refuse(ExitCode.Impossible, failure.Message);
            }
        }
    }

    private static async Task<int?> CollectAsync(RecommendOptions options, ParseResult parsed, string folder, SqlFindingStore store, CommandIo io, CancellationToken cancellation)
    {
        if (options.Library.Load(parsed, ["rightsizing/*"], io, out var refusal) is not { } library) return refusal;
        LibraryOptions.PrintProblems(library, io);
        if (RecordingOptions.OpenTables(folder, parsed.GetValue(options.Strict), io) is not { } tables) return ExitCode.Impossible;
        var collected = await UsageReading.CollectAsync(folder, tables, parsed.GetValue(options.AsOf), library, store.Usage, io, cancellation).ConfigureAwait(false);
        foreach (var trouble in collected.Troubles) io.Error.WriteLine(trouble);
        return null;
    }

    private static int Write(IReadOnlyList<AdviceView> views, RecommendOptions options, ParseResult parsed, string output, CommandIo io)
    {
        switch (output)
        {
            case KqlOutput.Json:
                AdviceFiles.WriteJson(views[0], io.Out);
                io.Error.WriteLine(views[0].Summary());
                break;
            case KqlOutput.Csv: AdviceFiles.WriteCsv(views, io.Out); break;
            case RecommendOptions.Markdown: foreach (var view in views) AdviceFiles.WriteMarkdown(view, io.Out); break;
            case RecommendOptions.Html: AdviceHtml.Write(views, io.Out); break;
            default:
                foreach (var view in views)
                {
                    if (view != views[0]) io.Out.Write('\n');
                    AdviceText.Write(view, parsed.GetValue(options.All), io.Out);
                }

                break;
        }

        return ExitCode.Done;
    }
}
