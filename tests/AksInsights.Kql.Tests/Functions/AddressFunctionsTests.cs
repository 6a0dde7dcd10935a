using static AksInsights.Kql.Tests.Functions.FunctionFixture;

namespace AksInsights.Kql.Tests.Functions;

/// <summary>Expected values: the examples of the functions' reference pages, unless a comment says otherwise.</summary>
public class AddressFunctionsTests
{
    private const string LogLine = "05:04:54 127.0.0.1 GET /favicon.ico 404";

    [Theory]
    [InlineData("192.168.1.1", "3232235777")]
    [InlineData("192.168.1.1/24", "3232235776")]
    [InlineData("255.255.255.255/31", "4294967294")]
    [InlineData("192.168.1", "null")]
    [InlineData("192.168.1.256", "null")]
    [InlineData("1.1.1.1/33", "null")]
    public void Ipv4IsANumber(string text, string expected) => Assert.Equal(expected, Call("parse_ipv4", text));

    [Fact]
    public void APrefixCutsAnIpv4Address()
    {
        // 127.0.0.0, by hand: 127 * 2^24.
        Assert.Equal("2130706432", Call("parse_ipv4_mask", "127.0.0.1", 24));
        Assert.Equal("null", Call("parse_ipv4_mask", "127.0.0.1", 33));
        Assert.Equal("32", Call("ipv4_netmask_suffix", "10.1.2.3"));
        Assert.Equal("24", Call("ipv4_netmask_suffix", "192.168.1.1/24"));
        Assert.Equal("192.168.1.0", Call("format_ipv4", "192.168.1.1", 24));
        Assert.Equal("192.168.1.0", Call("format_ipv4", 3232235777L, 24));
        Assert.Equal("192.168.1.1/32", Call("format_ipv4_mask", "192.168.1.1", 32));
        Assert.Equal("192.168.1.0/24", Call("format_ipv4_mask", "192.168.1.1/24", 32));
        Assert.Equal("", Call("format_ipv4_mask", "192.168.1.1/24", -1));
    }

    [Theory]
    [InlineData("192.168.1.0", "192.168.1.0", "0")]
    [InlineData("192.168.1.1/24", "192.168.1.255", "0")]
    [InlineData("192.168.1.1/30", "192.168.1.255/24", "0")]
    [InlineData("192.168.1.1", "192.168.1.0", "1")]
    [InlineData("192.168.1.1", "192.168.1.2", "-1")]
    [InlineData("192.168.1.1", "x", "null")]
    public void Ipv4AddressesCompareByTheBitsThatCount(string one, string other, string expected)
    {
        Assert.Equal(expected, Call("ipv4_compare", one, other));
        Assert.Equal(expected == "null" ? "null" : expected == "0" ? "true" : "false", Call("ipv4_is_match", one, other));
    }

    [Fact]
    public void APrefixArgumentNarrowsAComparison()
    {
        Assert.Equal("0", Call("ipv4_compare", "192.168.1.1", "192.168.1.0", 31));
        Assert.Equal("true", Call("ipv4_is_match", "192.168.1.1/24", "192.168.1.255", 31));
        Assert.Equal("null", Call("ipv4_compare", "192.168.1.1", "192.168.1.0", 64));
    }

    [Fact]
    public void RangesHoldAddresses()
    {
        Assert.Equal("true", Call("ipv4_is_in_range", "192.168.1.1", "192.168.1.255/24"));
        Assert.Equal("false", Call("ipv4_is_in_range", "192.168.2.1", "192.168.1.255/24"));
        Assert.Equal("true", Call("ipv4_is_in_any_range", "192.168.1.6", "192.168.1.1/24", "10.0.0.1/8", "127.1.0.1/16"));
        Assert.Equal("true", Call("ipv4_is_in_any_range", "127.0.0.1", Dyn("['127.0.0.1', '192.168.1.1']")));
        Assert.Equal("false", Call("ipv4_is_in_any_range", "1.1.1.1", Dyn("['192.168.1.1/16', '127.0.0.1/8', '10.0.0.1/8']")));
        Assert.Equal("true", Call("ipv4_is_private", "192.168.1.1/24"));
        Assert.Equal("true", Call("ipv4_is_private", "172.31.0.1"));
        Assert.Equal("false", Call("ipv4_is_private", "172.32.0.1"));
        Assert.Equal("false", Call("ipv4_is_private", "202.1.2.3"));
        Assert.Equal("[\"1.1.128.0/21\",\"1.1.136.0/22\",\"1.1.140.0/24\"]", Call("ipv4_range_to_cidr_list", "1.1.128.0", "1.1.140.255"));
        Assert.Equal("[\"0.0.0.0/0\"]", Call("ipv4_range_to_cidr_list", "0.0.0.0", "255.255.255.255"));
    }

    [Theory]
    [InlineData(LogLine, "127.0.0.1", "true")]
    [InlineData("05:04:54 127.0.0.256 GET", "127.0.0.256", "false")]
    [InlineData("05:04:54127.0.0.1 GET", "127.0.0.1", "false")]
    [InlineData("from 10.1.1.115.", "10.1.1.11", "false")]
    public void AnAddressInATextIsDelimited(string text, string address, string expected) => Assert.Equal(expected, Call("has_ipv4", text, address));

    [Theory]
    [InlineData(LogLine, "127.0.", "true")]
    [InlineData(LogLine, "127.0", "false")]
    [InlineData(LogLine, "127.0.0.1", "true")]
    [InlineData("05:04:54 127.0.0.256 GET", "127.0.", "false")]
    [InlineData("05:04:54127.0.0.1 GET", "127.0.", "false")]
    [InlineData(LogLine, "", "false")]
    public void APrefixInATextEndsWithADot(string text, string prefix, string expected) => Assert.Equal(expected, Call("has_ipv4_prefix", text, prefix));

    [Fact]
    public void SeveralAddressesAreTriedAtOnce()
    {
        Assert.Equal("true", Call("has_any_ipv4", LogLine, "127.0.0.2", "127.0.0.1"));
        Assert.Equal("false", Call("has_any_ipv4", LogLine, Dyn("['127.0.0.256', '192.168.1.1']")));
        Assert.Equal("true", Call("has_any_ipv4_prefix", LogLine, "127.0.", "192.168."));
        Assert.Equal("false", Call("has_any_ipv4_prefix", LogLine, Dyn("['127.0', '192.168.']")));
    }

    [Theory]
    [InlineData("192.168.255.255", 120, "0000:0000:0000:0000:0000:ffff:c0a8:ff00")]
    [InlineData("192.168.255.255/24", 124, "0000:0000:0000:0000:0000:ffff:c0a8:ff00")]
    [InlineData("255.255.255.255", 128, "0000:0000:0000:0000:0000:ffff:ffff:ffff")]
    [InlineData("fe80::85d:e82c:9446:7994", 128, "fe80:0000:0000:0000:085d:e82c:9446:7994")]
    [InlineData("fe80::85d:e82c:9446:7994/120", 124, "fe80:0000:0000:0000:085d:e82c:9446:7900")]
    [InlineData("::192.168.255.255", 128, "0000:0000:0000:0000:0000:ffff:c0a8:ffff")]
    [InlineData("::192.168.255.255/24", 128, "0000:0000:0000:0000:0000:ffff:c0a8:ff00")]
    [InlineData("fe80::1%eth0", 128, "")]
    public void Ipv6IsWrittenInFull(string text, int prefix, string expected) => Assert.Equal(expected, Call("parse_ipv6_mask", text, prefix));

    [Theory]
    [InlineData("192.168.1.1/24", "192.168.1.255", "0")]
    [InlineData("fe80::85d:e82c:9446:7994", "fe80::85d:e82c:9446:7998/120", "0")]
    [InlineData("192.168.1.1", "::ffff:c0a8:0101", "0")]
    [InlineData("::ffff:c0a8:0101", "192.168.1.255/24", "0")]
    [InlineData("::192.168.1.1/30", "192.168.1.255/24", "0")]
    [InlineData("fe80::1", "fe80::2", "-1")]
    [InlineData("fe80::1", "fe80:::2", "null")]
    public void Ipv6AddressesCompareWithIpv4Ones(string one, string other, string expected) => Assert.Equal(expected, Call("ipv6_compare", one, other));

    [Fact]
    public void Ipv6RangesHoldAddresses()
    {
        const string Address = "a5e:f127:8a9d:146d:e102:b5d3:c755:abcd";
        Assert.Equal("true", Call("ipv6_is_in_range", Address, "a5e:f127:8a9d:146d:e102:b5d3:c755:0000/112"));
        Assert.Equal("false", Call("ipv6_is_in_range", Address, "0:0:0:0:0:ffff:c0a8:ac/60"));
        Assert.Equal("true", Call("ipv6_is_in_any_range", Address, Dyn("['a5e:f127:8a9d:146d:e102:b5d3:c755:f6cd/112', '0:0:0:0:0:ffff:c0a8:ac/60']")));
        Assert.Equal("true", Call("ipv6_is_match", "fe80::85d:e82c:9446:7994", "fe80::85d:e82c:9446:7995", 127));
    }
}
