using System.Security.Cryptography;
using System.Text;
using AksInsights.Core.Findings;
using FsCheck;
using FsCheck.Fluent;

namespace AksInsights.Tests.Findings;

public sealed class FingerprintTests
{
    private static readonly QueryId Query = new("pods/crash-loop");

    [Fact]
    public void ItIsHalfOfTheHashOfTheDocumentedText()
    {
        var key = new FindingKey([new("cluster", "/Subscriptions/S/c1"), new("namespace", "shop"), new("workload", null)]);
        var text = "v2\npods/crash-loop\ncluster=/subscriptions/s/c1\nnamespace=shop\nworkload=\n";
        var expected = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32].ToLowerInvariant();
        Assert.Equal(expected, Fingerprint.Of(Query, 2, key).Value);
    }

    [Fact]
    public void ALineFeedInAValueCannotForgeAnotherColumn()
    {
        var forged = new FindingKey([new("a", "x\nb=y"), new("b", null)]);
        var honest = new FindingKey([new("a", "x"), new("b", "y")]);
        Assert.NotEqual(Fingerprint.Of(Query, 1, honest), Fingerprint.Of(Query, 1, forged));
    }

    [Fact]
    public void QueryVersionAndKeyAllMatter()
    {
        var prints = new[]
        {
            Fingerprint.Of(Query, 1, Key("a")), Fingerprint.Of(Query, 2, Key("a")), Fingerprint.Of(Query, 1, Key("b")),
            Fingerprint.Of(new QueryId("pods/oom-killed"), 1, Key("a")),
        };
        Assert.Distinct(prints);
    }

    [Fact]
    public void TwoKeysHaveOneFingerprintOnlyIfTheyAreEqual() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>[]>(), ArbMap.Default.ArbFor<NonNull<string>[]>(), (a, b) =>
        {
            var (one, two) = (Columns(a), Columns(b));
            return one.Equals(two) == (Fingerprint.Of(Query, 1, one) == Fingerprint.Of(Query, 1, two));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("XYZ")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    public void WhatIsNoFingerprintIsRefused(string text) => Assert.Throws<ArgumentException>(() => new Fingerprint(text));

    private static FindingKey Key(string workload) => new([new("workload", workload)]);

    // Only plain letters: halves of surrogate pairs, which no workspace sends, become one replacement character in UTF-8.
    private static FindingKey Columns(NonNull<string>[] values) =>
        new(values.Take(3).Select((value, i) => new KeyPart($"c{i}", new string([.. value.Get.Where(char.IsAscii)]))));
}
