using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace AksInsights.Tests.Forges;

/// <summary>A real bare repository of git in a folder of its own: what a fake forge stores into, and where tests look at what came of it.</summary>
internal sealed class BareRepository : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aksinsights-forge-").FullName;

    // What is asked of a commit by its hash never changes; a process for each question is what takes time.
    private readonly ConcurrentDictionary<string, string> _answers = new(StringComparer.Ordinal);

    public BareRepository(IReadOnlyDictionary<string, byte[]> files)
    {
        Git("init", "--quiet", "--bare", "--initial-branch=main", "--template=", ".");
        Commit("main", null, "Manifests", files);
    }

    private BareRepository()
    {
    }

    /// <summary>A repository with the same content.</summary>
    public BareRepository Copy()
    {
        var copy = new BareRepository();
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy._folder, Path.GetRelativePath(_folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        foreach (var folder in new[] { "refs/heads", "objects" }) Directory.CreateDirectory(Path.Combine(copy._folder, folder));
        return copy;
    }

    public string Folder => _folder;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs git and gives what it writes.</summary>
    public string Git(params string[] arguments)
    {
        var isFixed = arguments.Length > 1 && arguments[0] is "ls-tree" or "log" or "rev-parse" && arguments.Any(a => a.Length >= 40 && a[..40].All(char.IsAsciiHexDigitLower));
        string Ask() => Encoding.UTF8.GetString(Run(arguments, null, null)).TrimEnd('\n');
        return isFixed ? _answers.GetOrAdd(string.Join(' ', arguments), _ => Ask()) : Ask();
    }

    /// <summary>The newest commit of a branch; null when there is no such branch.</summary>
    public string? Head(string branch) => Git("for-each-ref", "--format=%(objectname)", $"refs/heads/{branch}") is { Length: > 0 } sha ? sha : null;

    /// <summary>The branches but main.</summary>
    public IReadOnlyList<string> Branches => [.. Git("for-each-ref", "--format=%(refname:short)", "refs/heads/").Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(b => b != "main")];

    /// <summary>The commits of a branch that main does not have, the newest first.</summary>
    public IReadOnlyList<string> Commits(string branch) => Git("rev-list", $"main..{branch}").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A file as it is in a commit or branch; null when it is not there.</summary>
    public byte[]? Read(string commit, string path) => Entry(commit, path) is { } entry ? Run(["cat-file", "blob", entry.Hash], null, null) : null;

    /// <summary>Mode and hash of a file in a commit; null when it is not there.</summary>
    public (string Mode, string Hash)? Entry(string commit, string path) =>
        Git("ls-tree", commit, "--", path).Split(' ', '\t') is [var mode, _, var hash, ..] ? (mode, hash) : null;

    public byte[] Blob(string hash) => Run(["cat-file", "blob", hash], null, null);

    public string WriteBlob(byte[] content) => Encoding.UTF8.GetString(Run(["hash-object", "-w", "--stdin"], content, null)).Trim();

    /// <summary>A tree with some files replaced; null takes one out.</summary>
    public string WriteTree(string? parent, IEnumerable<(string Path, string Mode, string? Blob)> entries)
    {
        var index = new Dictionary<string, string> { ["GIT_INDEX_FILE"] = Path.Combine(_folder, $"index-{Guid.NewGuid():N}") };
        if (parent is not null) Run(["read-tree", parent], null, index);
        // A mode of zero takes a file out.
        var lines = entries.Select(e => e.Blob is null ? $"0 {new string('0', 40)}\t{e.Path}\n" : $"{e.Mode} {e.Blob}\t{e.Path}\n");
        Run(["update-index", "--index-info"], Encoding.UTF8.GetBytes(string.Concat(lines)), index);
        return Encoding.UTF8.GetString(Run(["write-tree"], null, index)).Trim();
    }

    public string WriteCommit(string tree, IEnumerable<string> parents, string message, string author = "Forge")
    {
        var who = new Dictionary<string, string>();
        foreach (var role in new[] { "AUTHOR", "COMMITTER" }) (who[$"GIT_{role}_NAME"], who[$"GIT_{role}_EMAIL"]) = (author, $"{author.ToLowerInvariant()}@example.com");
        return Encoding.UTF8.GetString(Run(["commit-tree", tree, .. parents.SelectMany(p => new[] { "-p", p })], Encoding.UTF8.GetBytes(message), who)).Trim();
    }

    /// <summary>Moves a branch from where it was; false when it is elsewhere by now.</summary>
    public bool TryMove(string branch, string commit, string? old) => Try("update-ref", $"refs/heads/{branch}", commit, old ?? new string('0', 40));

    /// <summary>A commit as a person would push it.</summary>
    public string Commit(string branch, string? parent, string message, IReadOnlyDictionary<string, byte[]> files)
    {
        var tree = WriteTree(parent, files.Select(f => (f.Key, "100644", (string?)WriteBlob(f.Value))));
        var commit = WriteCommit(tree, parent is null ? [] : [parent], message, "Person");
        Git("update-ref", $"refs/heads/{branch}", commit);
        return commit;
    }

    /// <summary>A commit on top of a branch, as a person would push it.</summary>
    public string Push(string branch, string path, string text) => Commit(branch, Head(branch), "A person was here", new Dictionary<string, byte[]> { [path] = Encoding.UTF8.GetBytes(text) });

    public bool IsAncestor(string old, string young) => Try("merge-base", "--is-ancestor", old, young);

    /// <summary>Merges a branch as a forge's button does, here by squashing.</summary>
    public void Squash(string branch) => Git("update-ref", "refs/heads/main", WriteCommit(Git("merge-tree", "--write-tree", "main", branch).Split('\n')[0], [Head("main")!], "Squashed", "Person"));

    private bool Try(params string[] arguments)
    {
        using var process = Start(arguments, null);
        process.StandardInput.Close();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private byte[] Run(string[] arguments, byte[]? input, IReadOnlyDictionary<string, string>? environment)
    {
        using var process = Start(arguments, environment);
        if (input is not null) process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error}");
    }

    private Process Start(string[] arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in new[] { "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE" }) start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
