using System.Text;
using AksInsights.Core.Changes.Yaml;
using AksInsights.Core.Queries;
using AksInsights.Kql.Text;
using YamlDotNet.Core;

namespace AksInsights.Core.Changes.Manifests;

/// <summary>A YAML file of a repository: its text, its documents, and whether it may be edited.</summary>
internal sealed class ManifestFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Lazy<(IReadOnlyList<SourceDocument> Documents, ManifestReport Report)> _content;
    private readonly string? _notText;

    /// <summary>Takes a file's bytes.</summary>
    /// <param name="path">Its path in the repository, with forward slashes.</param>
    /// <param name="bytes">What is in it.</param>
    public ManifestFile(string path, ReadOnlySpan<byte> bytes)
    {
        Path = path;
        HasMark = bytes.StartsWith(Encoding.UTF8.Preamble);
        (Text, _notText) = Decode(HasMark ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
        _content = new(Read);
    }

    private ManifestFile(string path, string text, bool hasMark)
    {
        (Path, Text, HasMark) = (path, text, hasMark);
        _content = new(Read);
    }

    /// <summary>Its path in the repository, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>The folder it is in; empty at the top.</summary>
    public string Folder => Path[..Math.Max(0, Path.LastIndexOf('/'))];

    /// <summary>Its name in the folder.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>Its text, without the byte order mark.</summary>
    public string Text { get; }

    /// <summary>Whether it begins with a byte order mark.</summary>
    public bool HasMark { get; }

    /// <summary>Its documents; empty when it cannot be read.</summary>
    public IReadOnlyList<SourceDocument> Documents => _content.Value.Documents;

    /// <summary>Why it must not be edited; empty when it may.</summary>
    public IReadOnlyList<FileDiagnostic> Objections => _content.Value.Report.Found;

    /// <summary>The same file with another text.</summary>
    public ManifestFile With(string text) => new(Path, text, HasMark);

    /// <summary>The bytes to write.</summary>
    public byte[] Encode() => HasMark ? [.. Encoding.UTF8.Preamble, .. Strict.GetBytes(Text)] : Strict.GetBytes(Text);

    /// <summary>A report about this file.</summary>
    public ManifestReport NewReport() => new(new SourceText(Text, Path));

    private static (string Text, string? Problem) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0)) return ("", "it is not text in UTF-8 (it has zero bytes, as UTF-16 and encrypted files do)");
        try
        {
            return (Strict.GetString(bytes), null);
        }
        catch (DecoderFallbackException)
        {
            return ("", "it is not text in UTF-8");
        }
    }

    private (IReadOnlyList<SourceDocument> Documents, ManifestReport Report) Read()
    {
        var report = NewReport();
        if (_notText is not null)
        {
            report.NotText(_notText);
            return ([], report);
        }

        try
        {
            var documents = SourceReader.Read(Text);
            FileObjections.Find(this, documents, report);
            return (documents, report);
        }
        catch (YamlException mistake)
        {
            var template = FileObjections.TemplateMark(Text);
            if (template >= 0) report.Template(new TextSpan(template, 2));
            else if (Text.StartsWith("$ANSIBLE_VAULT", StringComparison.Ordinal)) report.Encrypted(new TextSpan(0, 14), "Ansible Vault");
            else report.Unreadable(At(mistake, Text.Length), mistake.InnerException?.Message ?? mistake.Message);
            return ([], report);
        }
    }

    private static TextSpan At(YamlException mistake, int limit)
    {
        var start = (int)Math.Min(mistake.Start.Index, limit);
        return TextSpan.FromBounds(start, Math.Max(start, (int)Math.Min(mistake.End.Index, limit)));
    }
}
