namespace AksInsights.IntegrationTests.Postgres;

/// <summary>The server that all tests of a collection share; each makes a database of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresServer? _server;

    /// <summary>The server.</summary>
    internal PostgresServer Server => _server ?? throw new InvalidOperationException("`initdb` is not installed; tests/install.sh brings it.");

    public async Task InitializeAsync() => _server = InstalledPrograms.Find("initdb") is null ? null : await PostgresServer.StartAsync();

    public async Task DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}

/// <summary>Tests on the shared server; they also carry <c>[Needs("initdb")]</c>.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests : ICollectionFixture<PostgresFixture>
{
    public const string Name = "PostgreSQL";
}
