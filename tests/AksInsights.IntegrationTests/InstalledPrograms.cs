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

/// <summary>The tests of a class need a program: without it they are skipped and say so, except where <c>CI</c> is set, where they run and fail.</summary>
/// <param name="program">The program's name.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NeedsAttribute(string program) : Attribute
{
    /// <summary>Why the tests are skipped; null when they run.</summary>
    public string? Skip =>
        InstalledPrograms.Find(program) is not null || Environment.GetEnvironmentVariable("CI") == "true"
            ? null
            : $"`{program}` is not installed; tests/install.sh brings it.";
}
