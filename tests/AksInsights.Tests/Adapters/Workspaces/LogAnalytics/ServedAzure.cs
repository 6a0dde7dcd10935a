using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using AksInsights.Adapters.Workspaces.LogAnalytics;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Serving;
using AksInsights.Tests.Serving;
using Azure.Core;
using Azure.Identity;

namespace AksInsights.Tests.Adapters.Workspaces.LogAnalytics;

/// <summary>A served recording over https, and the Azure workspace that takes it for Azure. Its clock runs a thousand times faster.</summary>
internal sealed class ServedAzure : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly RequestLimiter _limiter;

    private ServedAzure(X509Certificate2 certificate, ServedRecording served, HurriedTime time, TokenCredential credential, AzureWorkspaceSettings settings)
    {
        _certificate = certificate;
        Served = served;
        Time = time;
        _limiter = new RequestLimiter(time);
        LogsQueryClientOptions Options(RequestLimiter limiter) => new()
        {
            Scope = "https://api.loganalytics.io/.default",
            Limiter = limiter,
            Transport = AzureTransport.Create(Trusting(certificate)),
            NetworkAllowance = TimeSpan.FromSeconds(1),
        };
        var logs = new LogsQueryClient(served.Address, credential, Options(_limiter), time);
        var graph = new ResourceGraphClient(served.Address, credential, Options(_limiter), time, pageRows: 2);
        Workspace = new AzureWorkspace(settings, logs, graph, time);
    }

    public ServedRecording Served { get; }

    public HurriedTime Time { get; }

    public AzureWorkspace Workspace { get; }

    public static async Task<ServedAzure> StartAsync(
        Func<AzureWorkspaceSettings, AzureWorkspaceSettings>? settings = null, Func<ServeSettings, ServeSettings>? serve = null, TokenCredential? credential = null)
    {
        var certificate = LoopbackCertificate.Create(TimeProvider.System);
        var served = await ServedRecording.StartAsync(
            s => (serve ?? (x => x))(s with { Addresses = [ListenAddress.Read("https://127.0.0.1:0", out _)!], Certificate = certificate }), Trusting(certificate));
        var standard = new AzureWorkspaceSettings { Id = new WorkspaceId("w"), Target = "6d0f4c52-0000-0000-0000-000000000001" };
        return new ServedAzure(certificate, served, new HurriedTime(), credential ?? new FixedCredential("token"), settings is null ? standard : settings(standard));
    }

    public Task<WorkspaceResult> AskAsync(string query, QuerySource source = QuerySource.LogAnalytics) =>
        Workspace.QueryAsync(new WorkspaceQuery(query) { Source = source }, CancellationToken.None);

    /// <summary>The rows of an answer that must be whole, a line each.</summary>
    public static string Rows(WorkspaceResult result)
    {
        var table = Assert.IsType<WorkspaceResult.Complete>(result).Tables[0];
        return string.Join('\n', Enumerable.Range(0, table.RowCount).Select(row => string.Join(' ', Enumerable.Range(0, table.Columns.Count).Select(column => table[row, column]))));
    }

    public async ValueTask DisposeAsync()
    {
        await Served.DisposeAsync();
        _limiter.Dispose();
        _certificate.Dispose();
    }

    private static SocketsHttpHandler Trusting(X509Certificate2 certificate)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(certificate);
        return new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } };
    }
}

/// <summary>A credential whose token is always the same.</summary>
internal sealed class FixedCredential(string token) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));
}

/// <summary>A credential that never gets a token.</summary>
internal sealed class FailingCredential(string reason) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new CredentialUnavailableException(reason);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new CredentialUnavailableException(reason);
}
