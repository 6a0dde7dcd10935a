using AksInsights.Core.Changes;
using AksInsights.Core.Changes.Proposals;

namespace AksInsights.Service.Commands;

/// <summary>Tells people what became of each change: one line each, and a second one where there is something to do.</summary>
internal static class ProposalLines
{
    /// <summary>Writes what became of a change and its local branch.</summary>
    /// <returns>Whether it failed.</returns>
    public static bool Write(ChangeSet set, BranchOutcome outcome, string target, TextWriter to)
    {
        var files = Counted.Of(set.Files.Count, "file");
        var (text, help) = outcome switch
        {
            BranchOutcome.Written { IsNew: true } written => ($"{written.Branch}: made, {files}", $"git diff {target}...{written.Branch}"),
            BranchOutcome.Written written => ($"{written.Branch}: brought up to date, {files}", $"git diff {target}...{written.Branch}"),
            BranchOutcome.UpToDate same => ($"{same.Branch}: up to date", null),
            BranchOutcome.Foreign foreign => Foreign(foreign.Branch, foreign.Evidence),
            BranchOutcome.Spent spent => ($"{spent.Branch}: not made, as too many of its name were merged and are still there", "Delete the merged branches."),
            BranchOutcome.Differs differs => Differs(set, differs.Path, target),
            BranchOutcome.Failed failed => Failed(set, failed.Problem),
            _ => throw new InvalidOperationException($"An outcome of a kind that does not exist: {outcome}."),
        };
        Line(to, text, help);
        return outcome is BranchOutcome.Failed or BranchOutcome.Differs or BranchOutcome.Spent;
    }

    /// <summary>Writes what became of a change and its pull request.</summary>
    /// <returns>Whether it failed.</returns>
    public static bool Write(ChangeSet set, ProposalOutcome outcome, string target, TextWriter to)
    {
        var (text, help) = outcome switch
        {
            ProposalOutcome.Opened opened => ($"{set.Key}: opened {opened.Pull.Link}", null),
            ProposalOutcome.Updated updated => ($"{set.Key}: updated {updated.Pull.Link}", null),
            ProposalOutcome.UpToDate same => ($"{set.Key}: up to date, {same.Pull.Link}", null),
            ProposalOutcome.Declined { Pull.State: PullState.Merged } undone => ($"{set.Key}: not proposed again: {undone.Pull.Link} was merged and has been undone since", null),
            ProposalOutcome.Declined declined => ($"{set.Key}: not proposed again: {declined.Pull.Link} was closed", null),
            ProposalOutcome.Foreign foreign => Foreign(foreign.Branch, foreign.Evidence),
            ProposalOutcome.Differs differs => Differs(set, differs.Path, target),
            ProposalOutcome.LimitReached limit => ($"{set.Key}: not proposed yet: {limit.Reason}", "Merge or close some, or raise --max-open and --max-new."),
            ProposalOutcome.Failed failed => Failed(set, failed.Problem),
            _ => throw new InvalidOperationException($"An outcome of a kind that does not exist: {outcome}."),
        };
        Line(to, text, help);
        return outcome is ProposalOutcome.Failed or ProposalOutcome.Differs;
    }

    private static (string Text, string? Help) Foreign(string branch, string evidence) => ($"{branch}: left alone, {evidence}", "Merge it, or delete it to have it made again.");

    private static (string Text, string? Help) Differs(ChangeSet set, string path, string target) =>
        ($"{set.Key}: not proposed: `{path}` in the working folder is not that of `{target}`", $"Bring the folder to `{target}` (git switch, git pull), then run again.");

    private static (string Text, string? Help) Failed(ChangeSet set, HostProblem problem) => ($"{set.Key}: failed: {problem.Reason}", problem switch
    {
        HostProblem.Refused refused => refused.Help,
        HostProblem.Busy or HostProblem.Unsure or HostProblem.Overtaken => "Run again later: what was done is found again, and nothing is done twice.",
        _ => null,
    });

    private static void Line(TextWriter to, string text, string? help)
    {
        to.Write(text + "\n");
        if (help is not null) to.Write($"    {help}\n");
    }
}
