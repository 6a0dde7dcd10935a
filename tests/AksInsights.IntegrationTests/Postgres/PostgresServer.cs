using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace AksInsights.IntegrationTests.Postgres;

/// <summary>A PostgreSQL server of the tests' own, in a temporary folder, on a free port of the loopback interface, as a user without rights.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "aksinsights";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder;
    private readonly Process _process;
    private int _databases;

    private readonly string? _password;

    private PostgresServer(DirectoryInfo folder, Process process, int port, string? password)
    {
        _password = password;
        _folder = folder;
        _process = process;
        Port = port;
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="durable">Whether it flushes to disk as a real one would; tests go without. All else is as the server comes.</param>
    /// <param name="settings">Further settings, such as <c>max_connections=20</c>.</param>
    public static Task<PostgresServer> StartAsync(bool durable = false, params string[] settings) => StartAsync(null, durable, settings);

    /// <summary>Starts a server.</summary>
    /// <param name="password">The password of the user; null lets everybody in.</param>
    /// <param name="durable">Whether it flushes to disk as a real one would.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<PostgresServer> StartAsync(string? password, bool durable = false, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("aksinsights-postgres");
        var data = Path.Combine(folder.FullName, "data");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_111);
        var file = Path.Combine(folder.FullName, "password");
        if (password is not null) await File.WriteAllTextAsync(file, password);
        var access = password is null ? "-A trust" : $"-A scram-sha-256 --pwfile={file}";
        await RunAsync($"{InstalledPrograms.Find("initdb")} -D {data} -U {User} {access} -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions");
        var port = FreePort();
        string[] all =
        [
            $"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=60",
            durable ? "fsync=on" : "fsync=off", .. settings,
        ];
        // The shell ends the server when its standard input closes, which it does also when the tests are killed.
        var server = $"{AsOrdinaryUser} {InstalledPrograms.Find("postgres")} -D {data} {string.Join(' ', all.Select(setting => $"-c {setting}"))}";
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"{server} >{folder.FullName}/log 2>&1 & p=$!; cat >/dev/null; kill -INT $p; wait $p"])
        {
            RedirectStandardInput = true,
        };
        var running = new PostgresServer(folder, Process.Start(start)!, port, password);
        await running.WaitAsync();
        return running;
    }

    /// <summary>Makes an empty database.</summary>
    /// <param name="folder">The folder it is kept in, of the server's user; null for the server's own.</param>
    /// <returns>How to connect to it.</returns>
    public async Task<string> CreateDatabaseAsync(string? folder = null)
    {
        var name = $"test{Interlocked.Increment(ref _databases)}";
        if (folder is not null) await ExecuteAsync($"CREATE TABLESPACE {name} LOCATION '{folder}'");
        await ExecuteAsync($"CREATE DATABASE {name}" + (folder is null ? "" : $" TABLESPACE {name}"));
        return ConnectionString(name);
    }

    /// <summary>Drops a database that was made in a folder, and lets go of the folder.</summary>
    public async Task DropDatabaseAsync(string database)
    {
        var name = new NpgsqlConnectionStringBuilder(database).Database;
        await ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
        await ExecuteAsync($"DROP TABLESPACE {name}");
    }

    /// <summary>How to connect to a database as the owner of all.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = Port, Username = User, Password = _password, Database = database }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    // The server refuses to run as root.
    private static string AsOrdinaryUser => Environment.IsPrivilegedProcess ? "setpriv --reuid=65534 --regid=65534 --clear-groups" : "env";

    private static async Task RunAsync(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec {AsOrdinaryUser} {command} 2>&1"]) { RedirectStandardOutput = true, WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        if (process.ExitCode != 0) throw new InvalidOperationException($"`{command}` failed with {process.ExitCode}: {said}");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
#pragma warning disable CA2100 // The names are made here.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitAsync()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (clock.Elapsed < Patience)
            {
                await Task.Delay(50);
            }
        }
    }
}
