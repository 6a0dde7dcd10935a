using System.Security.Cryptography;
using System.Text;

namespace AksInsights.Core.Changes.Proposals;

/// <summary>What a commit of ours says about itself in the last lines of its message, so that it can be told from those of other people.</summary>
/// <param name="Key">What it is about.</param>
/// <param name="Fingerprint">The hash of the amounts it proposes.</param>
/// <param name="Base">The newest commit of the target branch when it was made.</param>
/// <param name="Parent">The commit it was made on. One that was taken elsewhere has another, and is not ours any more.</param>
/// <param name="Files">The files it leaves behind, each with the hash of its bytes; an empty hash for one it took away.</param>
public sealed record OwnCommit(string Key, string Fingerprint, string Base, string Parent, IReadOnlyDictionary<string, string> Files)
{
    private const string KeyLine = "AksInsights-Key";
    private const string FingerprintLine = "AksInsights-Fingerprint";
    private const string BaseLine = "AksInsights-Base";
    private const string ParentLine = "AksInsights-Parent";
    private const string FileLine = "AksInsights-File";

    /// <summary>Whether it is the first one of its branch.</summary>
    public bool IsFirst => Parent == Base;

    /// <summary>The hash of a file's bytes; empty for no file.</summary>
    public static string HashOf(ReadOnlyMemory<byte>? content) => content is { } bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes.Span))[..32] : "";

    /// <summary>A message that ends with what the commit says about itself.</summary>
    public string Sign(string text)
    {
        var message = new StringBuilder(text.TrimEnd()).Append("\n\n");
        void Line(string name, string value) => message.Append(name).Append(": ").Append(value).Append('\n');
        Line(KeyLine, Key);
        Line(FingerprintLine, Fingerprint);
        Line(BaseLine, Base);
        Line(ParentLine, Parent);
        foreach (var (path, hash) in Files.OrderBy(f => f.Key, StringComparer.Ordinal)) Line(FileLine, $"{(hash.Length == 0 ? "-" : hash)} {path}");
        return message.ToString();
    }

    /// <summary>What a commit says about itself; null when it is not one of ours, or no longer where it was made.</summary>
    public static OwnCommit? Of(HostCommit commit)
    {
        var lines = commit.Message.ReplaceLineEndings("\n").Split('\n')
            .Select(l => l.Split(": ", 2)).Where(l => l.Length == 2).Select(l => (Name: l[0], Value: l[1].Trim())).ToList();
        string? One(string name) => lines.Where(l => l.Name == name).Select(l => l.Value).ToList() is [var only] ? only : null;
        if (One(KeyLine) is not { } key || One(FingerprintLine) is not { } fingerprint || One(BaseLine) is not { } start || One(ParentLine) is not { } parent) return null;
        // One that took in the target has that as its second parent.
        if (!commit.Parents.SequenceEqual([parent]) && !commit.Parents.SequenceEqual([parent, start])) return null;
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in lines.Where(l => l.Name == FileLine).Select(l => l.Value.Split(' ', 2)))
        {
            if (file.Length != 2) return null;
            files[file[1]] = file[0] == "-" ? "" : file[0];
        }

        return files.Count == 0 ? null : new OwnCommit(key, fingerprint, start, parent, files);
    }
}
