using System.Globalization;
using AksInsights.Core.Quantities;

namespace AksInsights.Tests.Quantities;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("250m", 250_000_000)]
    [InlineData("0.25", 250_000_000)]
    [InlineData(".5", 500_000_000)]
    [InlineData("5.", 5_000_000_000)]
    [InlineData("+2", 2_000_000_000)]
    [InlineData("1e3", 1_000_000_000_000)]
    [InlineData("1E-3", 1_000_000)]
    [InlineData("100n", 100)]
    [InlineData("0.1n", 1)]
    [InlineData("15u", 15_000)]
    [InlineData("2k", 2_000_000_000_000)]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    public void CpuIsReadExactly(string text, long nanocores)
    {
        Assert.True(CpuQuantity.TryParse(text, out var quantity));
        Assert.Equal(nanocores, quantity.Nanocores);
    }

    [Theory]
    [InlineData("64Mi", 67_108_864)]
    [InlineData("1.5Gi", 1_610_612_736)]
    [InlineData("128M", 128_000_000)]
    [InlineData("129e6", 129_000_000)]
    [InlineData("129000000", 129_000_000)]
    [InlineData("128974848000m", 128_974_848)]
    [InlineData("123Ki", 125_952)]
    [InlineData("1E", 1_000_000_000_000_000_000)]
    [InlineData("7Ei", 8_070_450_532_247_928_832)]
    [InlineData("0.1Ki", 103)]
    [InlineData("1m", 1)]
    [InlineData("0.3333333333333333333333333Ti", 366_503_875_926)]
    public void MemoryIsReadExactly(string text, long bytes)
    {
        Assert.True(MemoryQuantity.TryParse(text, out var quantity));
        Assert.Equal(bytes, quantity.Bytes);
    }

    [Theory]
    [InlineData(null, "is no amount")]
    [InlineData("", "is no amount")]
    [InlineData("m", "is no amount")]
    [InlineData(".", "is no amount")]
    [InlineData("1.2.3", "is no amount")]
    [InlineData("1 Gi", "is no amount")]
    [InlineData("64MB", "is no amount")]
    [InlineData("64mi", "is no amount")]
    [InlineData("1K", "is no amount")]
    [InlineData("1e", "is no amount")]
    [InlineData("1e1.5", "is no amount")]
    [InlineData("1e999999999", "is no amount")]
    [InlineData("{{ .Values.memory }}", "is no amount")]
    [InlineData("--1", "is no amount")]
    [InlineData("-1Gi", "is less than nothing")]
    [InlineData("8Ei", "is more than can be counted")]
    [InlineData("99999999999999999999", "is more than can be counted")]
    public void WhatIsNoAmountIsRefusedWithTheReason(string? text, string problem)
    {
        Assert.False(MemoryQuantity.TryParse(text, out _, out var found));
        Assert.StartsWith(problem, found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2_000_000_000, "2")]
    [InlineData(1_500_000_000, "1500m")]
    [InlineData(25_000_000, "25m")]
    [InlineData(100_000, "100u")]
    [InlineData(1, "1n")]
    [InlineData(0, "0")]
    public void CpuIsWrittenAsPeopleDo(long nanocores, string text) => Assert.Equal(text, new CpuQuantity(nanocores).ToString());

    [Theory]
    [InlineData(67_108_864, "64Mi")]
    [InlineData(1_610_612_736, "1536Mi")]
    [InlineData(1_073_741_824, "1Gi")]
    [InlineData(128_000_000, "128M")]
    [InlineData(1_048_576_000, "1000Mi")]
    [InlineData(1_000_000_000, "1G")]
    [InlineData(123_456_789, "123456789")]
    [InlineData(0, "0")]
    public void MemoryIsWrittenAsPeopleDo(long bytes, string text) => Assert.Equal(text, new MemoryQuantity(bytes).ToString());

    [Fact]
    public void WhatIsWrittenIsReadBack()
    {
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var amount = random.NextInt64(0, 1L << random.Next(1, 63));
            Assert.True(CpuQuantity.TryParse(new CpuQuantity(amount).ToString(), out var cpu), amount.ToString(CultureInfo.InvariantCulture));
            Assert.True(MemoryQuantity.TryParse(new MemoryQuantity(amount).ToString(), out var memory), amount.ToString(CultureInfo.InvariantCulture));
            Assert.Equal((amount, amount), (cpu.Nanocores, memory.Bytes));
        }
    }
}
