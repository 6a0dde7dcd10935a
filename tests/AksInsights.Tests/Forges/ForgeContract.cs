using AksInsights.Adapters.Storage;
using AksInsights.Core.Changes;
using AksInsights.Core.Changes.Proposals;

namespace AksInsights.Tests.Forges;

/// <summary>What proposing does on every forge, against a host that stores into a real repository: at most one pull request for a change, and nobody's commit is lost.</summary>
public abstract class ForgeContract
{
    private static readonly ProposalLimits Usual = new();

    internal abstract ForgeScene Open();

    /// <summary>Whether a request opens a pull request.</summary>
    internal abstract bool OpensPull(FakeRequest request);

    /// <summary>Whether a request makes or moves a branch.</summary>
    internal abstract bool MovesBranch(FakeRequest request);

    [Fact]
    public async Task ANewChangeIsOneCommitOnOneBranchAndOnePullRequest()
    {
        await using var scene = Open();
        var opened = Assert.IsType<ProposalOutcome.Opened>(await scene.RunAsync());
        Assert.Equal([ForgeScene.Branch], scene.Repository.Branches);
        var commit = Assert.Single(scene.Repository.Commits(ForgeScene.Branch));
        Assert.Equal(scene.Repository.Head("main"), scene.Repository.Git("rev-parse", commit + "^"));
        Assert.Equal("apps/web.yaml", scene.Repository.Git("diff", "--name-only", "main", ForgeScene.Branch));
        Assert.Equal(ForgeScene.Bytes("web", "250m"), scene.Repository.Read(ForgeScene.Branch, "apps/web.yaml"));
        var pull = Assert.Single(scene.Host.Pulls);
        Assert.Equal(("Rightsize shop/web in aks-live", "main", opened.Pull.Number), (pull.Title, pull.Target, pull.Number));
        Assert.Contains("| `shop/web/app` | requests.cpu | 500m | **250m** | 80m / 190m / 310m | 12.50 USD | high |", pull.Body, StringComparison.Ordinal);
        Assert.EndsWith($"/{pull.Number}", opened.Pull.Link, StringComparison.Ordinal);
        scene.CheckRequests();
    }

    [Fact]
    public async Task ASecondRunWritesNothing()
    {
        await using var scene = Open();
        await scene.RunAsync();
        scene.Host.Requests.Clear();
        Assert.IsType<ProposalOutcome.UpToDate>(await scene.RunAsync());
        Assert.All(scene.Host.Requests, r => Assert.Equal("GET", r.Method));
        scene.CheckRequests();
    }

    [Fact]
    public async Task OtherAmountsBecomeAnotherCommitAndAnotherText()
    {
        await using var scene = Open();
        await scene.RunAsync();
        var first = scene.Repository.Head(ForgeScene.Branch)!;
        Assert.IsType<ProposalOutcome.Updated>(await scene.RunAsync(150));
        Assert.True(scene.Repository.IsAncestor(first, scene.Repository.Head(ForgeScene.Branch)!));
        Assert.Equal(ForgeScene.Manifest("web", "150m"), scene.Web()![1..]);
        Assert.Contains("**150m**", Assert.Single(scene.Host.Pulls).Body, StringComparison.Ordinal);
        Assert.IsType<ProposalOutcome.UpToDate>(await scene.RunAsync(150));
        scene.CheckRequests();
    }

    [Fact]
    public async Task WhatPeopleWroteIntoTheTextStaysWhileTheAmountsDo()
    {
        await using var scene = Open();
        await scene.RunAsync();
        scene.Host.Pulls[0].Body = "Wait for Friday.\n" + scene.Host.Pulls[0].Body;
        Assert.IsType<ProposalOutcome.UpToDate>(await scene.RunAsync());
        Assert.StartsWith("Wait for Friday.", scene.Host.Pulls[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhenTheTargetMovesTheBranchFollowsAndStillMerges()
    {
        await using var scene = Open();
        await scene.RunAsync();
        scene.Repository.Commit("main", scene.Repository.Head("main"), "More of them", new Dictionary<string, byte[]> { ["apps/web.yaml"] = ForgeScene.Bytes("web", "500m", replicas: 7) });
        Assert.IsType<ProposalOutcome.Updated>(await scene.RunAsync());
        Assert.Equal(ForgeScene.Manifest("web", "250m", 7), scene.Web()![1..]);
        scene.Repository.Squash(ForgeScene.Branch);
        Assert.Equal(ForgeScene.Bytes("web", "250m", 7), scene.Repository.Read("main", "apps/web.yaml"));
    }

    [Fact]
    public async Task AForeignCommitIsLeftAlone()
    {
        await using var scene = Open();
        await scene.RunAsync();
        var foreign = scene.Repository.Push(ForgeScene.Branch, "notes.md", "mine");
        var outcome = Assert.IsType<ProposalOutcome.Foreign>(await scene.RunAsync(150));
        Assert.Contains(foreign[..10], outcome.Evidence, StringComparison.Ordinal);
        Assert.Equal(foreign, scene.Repository.Head(ForgeScene.Branch));
        Assert.Equal(1, outcome.Pull?.Number);
    }

    [Fact]
    public async Task ACommitOfOursThatSomebodyChangedIsNotOursAnyMore()
    {
        await using var scene = Open();
        await scene.RunAsync();
        // As `git commit --amend` does: the message stays, the content does not.
        var head = scene.Repository.Head(ForgeScene.Branch)!;
        var tree = scene.Repository.WriteTree(head, [("apps/web.yaml", "100644", scene.Repository.WriteBlob(ForgeScene.Bytes("web", "300m")))]);
        var amended = scene.Repository.WriteCommit(tree, [scene.Repository.Head("main")!], scene.Repository.Git("log", "-1", "--format=%B", head), "Person");
        scene.Repository.Git("update-ref", $"refs/heads/{ForgeScene.Branch}", amended);
        Assert.IsType<ProposalOutcome.Foreign>(await scene.RunAsync(150));
        Assert.Equal(amended, scene.Repository.Head(ForgeScene.Branch));
    }

    [Fact]
    public async Task ABranchOfThatNameWhichIsNotOursIsLeftAlone()
    {
        await using var scene = Open();
        var foreign = scene.Repository.Commit(ForgeScene.Branch, scene.Repository.Head("main"), "Mine", new Dictionary<string, byte[]> { ["a"] = [1] });
        Assert.IsType<ProposalOutcome.Foreign>(await scene.RunAsync());
        Assert.Equal(foreign, scene.Repository.Head(ForgeScene.Branch));
        Assert.Empty(scene.Host.Pulls);
    }

    [Fact]
    public async Task ClosedMeansNoUntilTheAmountsDiffer()
    {
        await using var scene = Open();
        await scene.RunAsync();
        scene.Host.Pulls[0].State = "closed";
        Assert.IsType<ProposalOutcome.Declined>(await scene.RunAsync());
        Assert.IsType<ProposalOutcome.Declined>(await scene.RunAsync(300));
        Assert.Single(scene.Host.Pulls);
        var opened = Assert.IsType<ProposalOutcome.Opened>(await scene.RunAsync(310));
        Assert.Equal(2, opened.Pull.Number);
        Assert.Equal(ForgeScene.Branch, scene.Host.Pulls[1].Branch);
        scene.CheckRequests();
    }

    [Fact]
    public async Task AfterAMergeTheNextChangeGetsABranchOfItsOwnIfTheOldOneIsStillThere()
    {
        await using var scene = Open();
        await scene.RunAsync();
        scene.Repository.Squash(ForgeScene.Branch);
        scene.Host.Pulls[0].State = "merged";
        // The cluster has it by now, and less would do.
        var files = new RepositoryFiles(ForgeScene.Files.Keys.Select(p => new KeyValuePair<string, ReadOnlyMemory<byte>>(p, scene.Repository.Read("main", p))));
        var later = ForgeScene.Plan(files.With("apps/web.yaml", ForgeScene.Bytes("web", "500m")), 100, "web").Select(s => Rebase(s, scene)).ToList();
        Assert.IsType<ProposalOutcome.Opened>(Assert.Single(await scene.RunAsync(later, Usual, FakeForge.Token)).Outcome);
        Assert.Equal([ForgeScene.Branch, ForgeScene.Branch + ".2"], scene.Repository.Branches);
        Assert.Equal(ForgeScene.Manifest("web", "100m"), scene.Web(ForgeScene.Branch + ".2")![1..]);
        Assert.IsType<ProposalOutcome.UpToDate>(Assert.Single(await scene.RunAsync(later, Usual, FakeForge.Token)).Outcome);
        Assert.Equal(2, scene.Host.Pulls.Count);
    }

    [Fact]
    public async Task WhatWasMergedAndUndoneIsNotProposedAgain()
    {
        await using var scene = Open();
        await scene.RunAsync();
        scene.Host.Pulls[0].State = "merged";
        scene.Repository.Git("update-ref", "-d", $"refs/heads/{ForgeScene.Branch}");
        Assert.IsType<ProposalOutcome.Declined>(await scene.RunAsync());
        Assert.Empty(scene.Repository.Branches);
    }

    [Fact]
    public async Task ACrashBetweenBranchAndPullRequestIsMadeGood()
    {
        await using var scene = Open();
        scene.Host.Before = request => OpensPull(request) ? FakeAnswer.Json(500, new { message = "down" }) : null;
        Assert.IsType<ProposalOutcome.Failed>(await scene.RunAsync());
        Assert.InRange(scene.Host.Requests.Count(OpensPull), 1, 4);
        Assert.Empty(scene.Host.Pulls);
        var head = scene.Repository.Head(ForgeScene.Branch);
        Assert.NotNull(head);
        scene.Host.Before = _ => null;
        Assert.IsType<ProposalOutcome.Opened>(await scene.RunAsync());
        Assert.Equal(head, scene.Repository.Head(ForgeScene.Branch));
        Assert.Single(scene.Host.Pulls);
    }

    [Fact]
    public async Task AnAnswerThatGetsLostIsLookedForAndNothingIsDoneTwice()
    {
        await using var scene = Open();
        var lost = 0;
        scene.Host.Lose = request => (OpensPull(request) && lost++ < 2) || (MovesBranch(request) && lost++ < 1);
        var outcome = await scene.RunAsync();
        Assert.Equal(2, lost);
        Assert.IsType<ProposalOutcome.UpToDate>(outcome);
        Assert.Single(scene.Repository.Commits(ForgeScene.Branch));
        Assert.Single(scene.Host.Pulls);
    }

    [Fact]
    public async Task TwoRunsAtOnceMakeOneBranchAndOnePullRequest()
    {
        foreach (var moment in new Func<FakeRequest, bool>[] { MovesBranch, OpensPull })
        {
            await using var scene = Open();
            var isFirst = 1;
            scene.Host.Before = request =>
            {
                // At this very moment another run does all of it.
                if (moment(request) && Interlocked.Exchange(ref isFirst, 0) == 1) Assert.IsType<ProposalOutcome.Opened>(scene.RunAsync().GetAwaiter().GetResult());
                return null;
            };
            Assert.IsType<ProposalOutcome.UpToDate>(await scene.RunAsync());
            Assert.Single(scene.Repository.Commits(ForgeScene.Branch));
            Assert.Single(scene.Host.Pulls);
            scene.CheckRequests();
        }
    }

    [Fact]
    public async Task ACommitThatSomebodyPushesAtTheSameMomentIsNotLost()
    {
        await using var scene = Open();
        await scene.RunAsync();
        string? foreign = null;
        scene.Host.Before = request =>
        {
            if (MovesBranch(request)) foreign ??= scene.Repository.Push(ForgeScene.Branch, "apps/web.yaml", "mine");
            return null;
        };
        var outcome = await scene.RunAsync(150);
        Assert.IsType<ProposalOutcome.Foreign>(outcome);
        Assert.NotNull(foreign);
        Assert.True(scene.Repository.IsAncestor(foreign, scene.Repository.Head(ForgeScene.Branch)!));
        Assert.Equal("mine", scene.Web());
    }

    [Fact]
    public async Task ACommitToAnotherFileAtTheSameMomentIsNotLostEither()
    {
        await using var scene = Open();
        await scene.RunAsync();
        string? foreign = null;
        scene.Host.Before = request =>
        {
            if (MovesBranch(request)) foreign ??= scene.Repository.Push(ForgeScene.Branch, "notes.md", "mine");
            return null;
        };
        Assert.IsType<ProposalOutcome.Foreign>(await scene.RunAsync(150));
        Assert.True(scene.Repository.IsAncestor(foreign!, scene.Repository.Head(ForgeScene.Branch)!));
        Assert.Equal("mine", System.Text.Encoding.UTF8.GetString(scene.Repository.Read(ForgeScene.Branch, "notes.md")!));
    }

    [Fact]
    public async Task AForgeThatWantsAPauseGetsIt()
    {
        await using var scene = Open();
        var left = 2;
        scene.Host.Before = request => request.Method != "GET" && left-- > 0 ? FakeAnswer.Json(429, new { message = "slow down" }).With("Retry-After", "1") : null;
        var start = TimeProvider.System.GetTimestamp();
        Assert.IsType<ProposalOutcome.Opened>(await scene.RunAsync());
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 1.9, 60);
    }

    [Fact]
    public async Task AForgeThatWantsALongPauseIsLeftAlone()
    {
        await using var scene = Open();
        scene.Host.Before = request => request.Method != "GET" ? FakeAnswer.Json(429, new { message = "slow down" }).With("Retry-After", "3000") : null;
        var results = await scene.RunAllAsync(250, Usual, "web", "api", "pay");
        Assert.All(results, r => Assert.Equal(TimeSpan.FromSeconds(3000), Assert.IsType<HostProblem.Busy>(Assert.IsType<ProposalOutcome.Failed>(r.Outcome).Problem).After));
        Assert.Single(scene.Host.Requests, r => r.Method != "GET");
    }

    [Fact]
    public async Task AForgeThatIsDownIsAskedAFewTimesAndNotForTheRest()
    {
        await using var scene = Open();
        scene.Host.Before = request => MovesBranch(request) ? FakeAnswer.Page(502, "<html>Bad gateway</html>") : null;
        var results = await scene.RunAllAsync(250, Usual, "web", "api", "pay");
        Assert.All(results, r => Assert.IsType<HostProblem.Unsure>(Assert.IsType<ProposalOutcome.Failed>(r.Outcome).Problem));
        Assert.InRange(scene.Host.Requests.Count(MovesBranch), 1, 4);
        Assert.Empty(scene.Repository.Branches);
    }

    [Fact]
    public async Task AProtectedBranchIsSaidAndNothingIsForced()
    {
        await using var scene = Open();
        scene.Host.IsProtected = branch => branch.StartsWith("aksinsights/", StringComparison.Ordinal);
        var refused = Assert.IsType<HostProblem.Refused>(Assert.IsType<ProposalOutcome.Failed>(await scene.RunAsync()).Problem);
        Assert.Matches("rule|permitted|not allowed", refused.Reason);
        Assert.Empty(scene.Repository.Branches);
        Assert.Empty(scene.Host.Pulls);
    }

    [Fact]
    public async Task AWrongTokenIsSaidWithoutSayingIt()
    {
        await using var scene = Open();
        var files = new RepositoryFiles(ForgeScene.Files.Select(f => new KeyValuePair<string, ReadOnlyMemory<byte>>(f.Key, f.Value)));
        var results = await scene.RunAsync(ForgeScene.Plan(files, 250, "web"), Usual, "another-secret");
        var refused = Assert.IsType<HostProblem.Refused>(Assert.IsType<ProposalOutcome.Failed>(Assert.Single(results).Outcome).Problem);
        Assert.Contains("THE_TOKEN", refused.Help, StringComparison.Ordinal);
        Assert.DoesNotContain("another-secret", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderThatIsNotTheTargetIsSaidAndNothingIsWritten()
    {
        await using var scene = Open();
        var files = new RepositoryFiles(ForgeScene.Files.Select(f => new KeyValuePair<string, ReadOnlyMemory<byte>>(f.Key, f.Value))).With("apps/web.yaml", ForgeScene.Bytes("web", "500m", replicas: 9));
        var results = await scene.RunAsync(ForgeScene.Plan(files, 250, "web"), Usual, FakeForge.Token);
        Assert.Equal("apps/web.yaml", Assert.IsType<ProposalOutcome.Differs>(Assert.Single(results).Outcome).Path);
        Assert.Empty(scene.Repository.Branches);
    }

    [Fact]
    public async Task ThereAreNoMoreThanTheLimitsSay()
    {
        await using var scene = Open();
        scene.Host.PageSize = 1;
        var results = await scene.RunAllAsync(250, new ProposalLimits(MostOpen: 3, MostNew: 2), "web", "api", "pay", "log");
        Assert.Equal(2, results.Count(r => r.Outcome is ProposalOutcome.Opened));
        Assert.Equal(2, results.Count(r => r.Outcome is ProposalOutcome.LimitReached));
        results = await scene.RunAllAsync(250, new ProposalLimits(MostOpen: 3, MostNew: 2), "web", "api", "pay", "log");
        Assert.Equal(1, results.Count(r => r.Outcome is ProposalOutcome.Opened));
        Assert.Equal(3, scene.Host.Pulls.Count);
        Assert.Equal(3, scene.Repository.Branches.Count);
        scene.CheckRequests();
    }

    [Fact]
    public async Task WhatBecameOfPullRequestsIsNotedAlsoWhenNothingIsProposedAnyMore()
    {
        await using var scene = Open();
        await using var store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        var time = new ManualTime(FakePull.Ended);
        // One was opened before anybody took notes.
        await scene.RunAllAsync(250, Usual, "api");
        Assert.Null(await scene.NoteAsync(store.Proposals, time, "web", "pay"));
        var notes = await store.Proposals.ListAsync(scene.RepositoryName, default);
        Assert.Equal(3, notes.Count);
        Assert.All(notes, note => Assert.Equal((PullState.Open, FakePull.Opened, null, "aks-live", "shop", "main"), (note.State, note.OpenedAt, note.EndedAt, note.ClusterName, note.Namespace, note.Target)));
        Assert.Equal([12.5m, 12.5m, null], notes.Select(note => note.MonthlySaving).OrderByDescending(saving => saving));
        scene.Host.Pulls[0].State = "merged";
        scene.Host.Pulls[1].State = "closed";
        time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await scene.NoteAsync(store.Proposals, time));
        notes = await store.Proposals.ListAsync(scene.RepositoryName, default);
        Assert.Equal([PullState.Open, PullState.Closed, PullState.Merged], notes.Select(note => note.State));
        Assert.Equal([null, FakePull.Ended, FakePull.Ended], notes.Select(note => note.EndedAt));
        Assert.Equal(12.5m, notes[1].MonthlySaving);
        Assert.All(notes, note => Assert.EndsWith($"/{note.Number}", note.Link, StringComparison.Ordinal));
        // What is over is not asked for again.
        scene.Host.Requests.Clear();
        Assert.Null(await scene.NoteAsync(store.Proposals, time));
        Assert.Equal(notes.Where(note => note.State != PullState.Open), (await store.Proposals.ListAsync(scene.RepositoryName, default)).Where(note => note.State != PullState.Open));
        Assert.DoesNotContain(scene.Host.Requests, request => request.Query.ToString()!.Contains("deployment-api", StringComparison.Ordinal) || request.Path.Contains("deployment-api", StringComparison.Ordinal));
        scene.CheckRequests();
    }

    /// <summary>The same change worked out for the target's own bytes: the planner would ask what is in force for its amounts.</summary>
    private static ChangeSet Rebase(ChangeSet set, ForgeScene scene) =>
        set with { Files = [.. set.Files.Select(f => f with { Before = scene.Repository.Read("main", f.Path) })] };
}
