namespace AksInsights.IntegrationTests;

/// <summary>Programs of the system that the tests talk to. tests/install.sh brings them.</summary>
internal static class InstalledPrograms
{
    /// <summary>The path of a program, in some folders or PATH; null when it is nowhere.</summary>
    public static string? Find(string name)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return Postgres().Concat(path).Select(folder => Path.Combine(folder, name)).FirstOrDefault(IsThere);
    }

    // Debian keeps the server's programs out of PATH.
    private static IEnumerable<string> Postgres() =>
        Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")) : [];

    private static bool IsThere(string path) => File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true)?.Exists != false;
}

/// <summary>The tests of a class need something: without it they are skipped and say so, except where <c>CI</c> is set, where they run and fail.</summary>
/// <param name="what">The name of a program, or <see cref="Root"/>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class NeedsAttribute(string what) : Attribute
{
    /// <summary>The rights of root.</summary>
    public const string Root = "root";

    /// <summary>Why the tests are skipped; null when they run.</summary>
    public string? Skip
    {
        get
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") return null;
            if (what == Root) return Environment.IsPrivilegedProcess ? null : "The tests mount a small disk, which only root can do.";
            return InstalledPrograms.Find(what) is null ? $"`{what}` is not installed; tests/install.sh brings it." : null;
        }
    }
}
