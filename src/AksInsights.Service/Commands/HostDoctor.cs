using AksInsights.Adapters.Forges;
using AksInsights.Adapters.Grafana;
using AksInsights.Core.Changes.Proposals;

namespace AksInsights.Service.Commands;

/// <summary>The part of <c>doctor</c> about Grafana and forges: whether they take the token of the environment, whom it stands for, and what it lacks. Nothing is written there.</summary>
internal static class HostDoctor
{
    /// <summary>Looks at a Grafana.</summary>
    public static async Task<Advice> GrafanaAsync(string address, Func<string, string?> variable, CancellationToken cancellation)
    {
        const string subject = "grafana";
        var settings = GrafanaSettings.Read(address, variable);
        if (settings.Problem is { } mistake) return Say(subject, mistake);
        using var client = new GrafanaClient(settings.Value!);
        return Say(subject, $"{settings.Value!.Address.Host} takes the token in {settings.Value.TokenName}", await client.StandingAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>Looks at a repository on a forge.</summary>
    public static async Task<Advice> ForgeAsync(HostAnswer<ForgeAddress> address, Func<string, string?> variable, TimeProvider time, CancellationToken cancellation)
    {
        const string subject = "forge";
        if (address.Problem is { } unclear) return Say(subject, unclear);
        var made = ForgeFactory.Create(address.Value!, variable, time);
        if (made.Problem is { } missing) return Say(subject, missing);
        using var handle = made.Value!;
        return Say(subject, $"{handle.Forge.Name} takes the token", await ((ITokenHost)handle.Forge).StandingAsync(cancellation).ConfigureAwait(false));
    }

    private static Advice Say(string subject, string good, HostAnswer<TokenStanding> answer)
    {
        if (answer.Problem is { } problem) return Say(subject, problem);
        var standing = answer.Value!;
        return standing.Missing is null
            ? new Advice(AdviceState.Good, subject, $"{good} of {standing.Who}.")
            : new Advice(AdviceState.Wrong, subject, $"{good} of {standing.Who}. {standing.Missing}", standing.Help);
    }

    private static Advice Say(string subject, HostProblem problem) => problem switch
    {
        HostProblem.Refused refused => new Advice(AdviceState.Wrong, subject, refused.Reason, refused.Help),
        HostProblem.Busy busy => new Advice(AdviceState.Doubtful, subject, busy.Reason, "Run it again later."),
        _ => new Advice(AdviceState.Wrong, subject, problem.Reason, "See that the name resolves, that the port is open, and whether a proxy is needed (HTTPS_PROXY)."),
    };
}
