using System.Globalization;
using System.Text;
using AksInsights.Core.Changes.Manifests;
using AksInsights.Core.Changes.Yaml;

namespace AksInsights.Tests.Changes;

/// <summary>Random edits of random manifests change what was asked for and keep every other byte. AKSINSIGHTS_EDITS sets how many; 100000 is the full run.</summary>
public sealed class RandomEditTests
{
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("AKSINSIGHTS_EDITS") ?? "4000", CultureInfo.InvariantCulture);

    [Fact]
    public void EditsChangeWhatWasAskedForAndKeepEveryOtherByte()
    {
        var changed = 0;
        Parallel.For(0, Count, seed =>
        {
            var manifest = new RandomManifest(seed);
            var before = manifest.Before();
            var after = Edit(before, manifest, seed);
            if (!before.AsSpan().SequenceEqual(after)) Interlocked.Increment(ref changed);
            var expected = manifest.After();
            if (!expected.AsSpan().SequenceEqual(after)) Assert.Fail($"Seed {seed}, {Describe(manifest)}\n--- expected and edited\n{Differences(Text(expected), Text(after))}\n--- before\n{Text(before)}");
        });

        Assert.InRange(changed, Count * 9 / 10, Count);
    }

    private static byte[] Edit(byte[] before, RandomManifest manifest, int seed)
    {
        var file = new ManifestFile("web.yaml", before);
        var document = file.Documents[manifest.Target.Document];
        var containers = (SourceList)SourcePath.Follow(document.Root, "spec", "template", "spec", "containers")!;
        var container = (SourceMap)containers.Items[manifest.Target.Container];
        var edit = new FileEdit(file);
        foreach (var (part, name, amount) in manifest.Wanted)
            edit.Add(document, container, WantedMap.At(["resources", part, name], amount is null ? new WantedAbsent() : new WantedText(amount)));
        var edited = edit.Make();
        Assert.True(edited is not null, $"Seed {seed}: {string.Join('\n', edit.Objections.Select(o => o.Print()))}\n{Text(before)}");
        return edited.Encode();
    }

    private static string Describe(RandomManifest manifest) =>
        $"document {manifest.Target.Document}, container {manifest.Target.Container}: {string.Join(", ", manifest.Wanted.Select(w => $"{w.Part}.{w.Name}={w.Amount ?? "gone"}"))}";

    private static string Differences(string expected, string edited)
    {
        string[] one = expected.Split('\n'), two = edited.Split('\n');
        var same = one.Zip(two).TakeWhile(l => l.First == l.Second).Count();
        return string.Join('\n', one.Skip(same - 3).Take(12).Select(l => "< " + l).Concat(two.Skip(same - 3).Take(12).Select(l => "> " + l)));
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes).Replace("\r", "␍", StringComparison.Ordinal);
}
