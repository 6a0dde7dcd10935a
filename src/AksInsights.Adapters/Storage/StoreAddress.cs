using System.Globalization;
using Npgsql;

namespace AksInsights.Adapters.Storage;

/// <summary>Where a store is: an SQLite file, or a PostgreSQL database. Its text form never shows a password.</summary>
public abstract record StoreAddress
{
    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    private StoreAddress()
    {
    }

    /// <summary>Reads what a person wrote: <c>postgres://user@host/database</c>, <c>Host=...;Database=...</c>, or the path of a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">What is wrong with it, and what is right, when the answer is null.</param>
    public static StoreAddress? TryParse(string text, out string? problem)
    {
        problem = null;
        try
        {
            if (Array.Exists(Schemes, scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))) return OfUri(text, out problem);
            if (IsKeyValue(text)) return new Postgres(new NpgsqlConnectionStringBuilder(text).ConnectionString);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            // The message names the key; the value may be a secret and is never repeated.
            var key = (error as ArgumentException)?.ParamName ?? "a setting";
            problem = $"The address of the PostgreSQL store cannot be read: `{key}` is no setting that Npgsql knows, or its value is not allowed. Write it as Host=db;Database=aksinsights;Username=aksinsights.";
            return null;
        }

        // Not taken for a file, whose name is told.
        if (LooksLikePassword(text))
            problem = "This is nearly the address of a PostgreSQL database. Write it as postgres://user@host/database or Host=db;Database=aksinsights;Username=aksinsights.";
        else if (text.Contains("://", StringComparison.Ordinal))
            problem = "A store is a file, or a PostgreSQL database as postgres://user@host/database; other schemes are not known.";
        else if (string.IsNullOrWhiteSpace(text))
            problem = "The address of the store is empty. Name a file, or a PostgreSQL database as postgres://user@host/database.";
        return problem is null ? new File(text) : null;
    }

    private static bool LooksLikePassword(string text) =>
        text.StartsWith("postgres:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql:", StringComparison.OrdinalIgnoreCase)
        || text.Contains("Password=", StringComparison.OrdinalIgnoreCase) || text.Contains("Pwd=", StringComparison.OrdinalIgnoreCase);

    private static bool IsKeyValue(string text) =>
        text.Contains('=', StringComparison.Ordinal)
        && (text.Contains("Host=", StringComparison.OrdinalIgnoreCase) || text.Contains("Server=", StringComparison.OrdinalIgnoreCase));

    private static Postgres? OfUri(string text, out string? problem)
    {
        problem = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            problem = "The address of the PostgreSQL store is no URI. Write it as postgres://user@host:5432/database?sslmode=require, special characters as %XX.";
            return null;
        }

        var settings = new NpgsqlConnectionStringBuilder { Host = uri.Host };
        if (uri.Port > 0) settings.Port = uri.Port;
        if (uri.AbsolutePath.Length > 1) settings.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0) settings.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1) settings.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var keyword = Keyword(Uri.UnescapeDataString(parts[0]));
            var value = parts.Length < 2 ? "" : Uri.UnescapeDataString(parts[1]);
            // libpq's verify-full is Npgsql's VerifyFull.
            settings[keyword] = keyword == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
        }

        return new Postgres(settings.ConnectionString);
    }

    /// <summary>Npgsql's word for a parameter of libpq's URIs.</summary>
    private static string Keyword(string parameter) => parameter.ToLower(CultureInfo.InvariantCulture) switch
    {
        "sslmode" => "SSL Mode",
        "sslrootcert" => "Root Certificate",
        "application_name" => "Application Name",
        "connect_timeout" => "Timeout",
        var other => other,
    };

    /// <summary>An SQLite file.</summary>
    /// <param name="Path">Its path.</param>
    public sealed record File(string Path) : StoreAddress
    {
        /// <inheritdoc/>
        public override string ToString() => Path;
    }

    /// <summary>A PostgreSQL database.</summary>
    /// <param name="ConnectionString">Npgsql's own form of it, with the password if one was given.</param>
    public sealed record Postgres(string ConnectionString) : StoreAddress
    {
        /// <inheritdoc/>
        public override string ToString()
        {
            var settings = new NpgsqlConnectionStringBuilder(ConnectionString);
            return $"postgres://{settings.Host}:{settings.Port}/{settings.Database}";
        }
    }
}
