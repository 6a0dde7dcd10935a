using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;
using static AksInsights.Kql.Tests.Functions.FunctionFixture;

namespace AksInsights.Kql.Tests.Functions;

/// <summary>Expected values: the examples of the functions' reference pages, unless a comment says otherwise.</summary>
public class EncodingFunctionsTests
{
    [Fact]
    public void Base64GoesBothWays()
    {
        Assert.Equal("S3VzdG8=", Call("base64_encode_tostring", "Kusto"));
        Assert.Equal("Kusto", Call("base64_decode_tostring", "S3VzdG8="));
        Assert.Equal("", Call("base64_decode_tostring", "U3RyaW5n0KHR0tGA0L7Rh9C60LA="));
        Assert.Equal("[75,117,115,116,111]", Call("base64_decode_toarray", "S3VzdG8="));
        Assert.Equal("S3VzdG8=", Call("base64_encode_fromarray", Dyn("[75,117,115,116,111]")));
        Assert.Equal("null", Call("base64_decode_toarray", "U3RyaW5n0KHR0tGA0L7Rh9C60LA"));
        Assert.Equal("", Call("base64_encode_fromarray", Dyn("[300]")));
        Assert.Equal("8jMxriJurkmwahbmqbIS6w==", Call("base64_encode_fromguid", Guid.Parse("ae3133f2-6e22-49ae-b06a-16e6a9b212eb")));
        Assert.Equal("ae3133f2-6e22-49ae-b06a-16e6a9b212eb", Call("base64_decode_toguid", "8jMxriJurkmwahbmqbIS6w=="));
        Assert.Equal("null", Call("base64_decode_toguid", "abcd1231"));
    }

    [Fact]
    public void CompressedTextComesBack()
    {
        Assert.Equal("H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA==", Call("gzip_compress_to_base64_string", "1234567890qwertyuiop"));
        Assert.Equal("1234567890qwertyuiop", Call("gzip_decompress_from_base64_string", "H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA=="));
        Assert.Equal("eAEBFADr/zEyMzQ1Njc4OTBxd2VydHl1aW9wOAkGdw==", Call("zlib_compress_to_base64_string", "1234567890qwertyuiop"));
        Assert.Equal("Test string 123", Call("zlib_decompress_from_base64_string", "eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4="));
        Assert.Equal("", Call("zlib_decompress_from_base64_string", "x0x0x0"));
        Assert.Equal("", Call("gzip_decompress_from_base64_string", "x0x0x0"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("\u00e9\ud83d\ude00")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void WhatIsCompressedIsDecompressed(string text)
    {
        Assert.Equal(text, Call("gzip_decompress_from_base64_string", Call("gzip_compress_to_base64_string", text)));
        Assert.Equal(text, Call("zlib_decompress_from_base64_string", Call("zlib_compress_to_base64_string", text)));
    }

    [Theory]
    [InlineData("acad\u00e9mie-fran\u00e7aise", "acadmie-franaise-npb1a")]
    [InlineData("\u827a\u672f", "cqv902d")]
    // RFC 3492, section 7.1, (B) and (I).
    [InlineData("\u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587", "ihqwcrb4cv8a8dqg056pqjye")]
    [InlineData("\u043f\u043e\u0447\u0435\u043c\u0443\u0436\u0435\u043e\u043d\u0438\u043d\u0435\u0433\u043e\u0432\u043e\u0440\u044f\u0442\u043f\u043e\u0440\u0443\u0441\u0441\u043a\u0438", "b1abfaaepdrnnbgefbadotcwatmq2g4l")]
    public void PunycodeGoesBothWays(string text, string encoded)
    {
        Assert.Equal(encoded, Call("punycode_from_string", text));
        Assert.Equal(text, Call("punycode_to_string", encoded));
    }

    [Theory]
    [InlineData("xn--Ge-mia.Bulg.edu", "G\u00e1e.Bulg.edu")]
    [InlineData("xn--Ry-lja8c.xn--Jng-uta63a.xn--Bng-9ka.com", "R\u00fay\u00ec.J\u012bng\u016b.B\u00e0ng.com")]
    public void DomainsArePunycodedLabelByLabel(string encoded, string domain)
    {
        Assert.Equal(domain, Call("punycode_domain_from_string", encoded));
        Assert.Equal(encoded, Call("punycode_domain_to_string", domain));
        Assert.Equal("xn--Riill-jta.xn--Skldskaparml-dbbj.org", Call("punycode_domain_to_string", "Ri\u00f0ill\uff61Sk\u00e1ldskaparm\u00e1l\uff61org"));
    }

    [Theory]
    [InlineData("!!")]
    [InlineData("\u00e9")]
    [InlineData("99999999999")]
    public void WhatIsNoPunycodeGivesNothing(string text) => Assert.Equal("", Call("punycode_to_string", text));

    [Fact]
    public void UrlsAreEncodedInLowerCase()
    {
        Assert.Equal("https%3a%2f%2fwww.bing.com%2fhello+world", Call("url_encode", "https://www.bing.com/hello world"));
        Assert.Equal("https%3a%2f%2fwww.bing.com%2fhello%20world%2f", Call("url_encode_component", "https://www.bing.com/hello world/"));
        Assert.Equal("https://www.bing.com/", Call("url_decode", "https%3a%2f%2fwww.bing.com%2f"));
        Assert.Equal("%c3%a9", Call("url_encode", "\u00e9"));
    }

    [Fact]
    public void ParseUrlTakesAUrlApart()
    {
        Assert.Equal(
            "{\"Scheme\":\"scheme\",\"Host\":\"host\",\"Port\":\"1234\",\"Path\":\"this/is/a/path\",\"Username\":\"username\",\"Password\":\"password\","
            + "\"Query Parameters\":{\"k1\":\"v1\",\"k2\":\"v2\"},\"Fragment\":\"fragment\"}",
            Call("parse_url", "scheme://username:password@host:1234/this/is/a/path?k1=v1&k2=v2#fragment"));
        Assert.Equal("{\"Query Parameters\":{\"k1\":\"v1\",\"k2\":\"v2\",\"k3\":\"v3\"}}", Call("parse_urlquery", "k1=v1&k2=v2&k3=v3"));
    }

    [Fact]
    public void HashesAreThoseOfTheReference()
    {
        var newYear = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal("1846988464401551951", Call("hash", "World"));
        Assert.Equal("753694413698530628", Call("hash_xxhash64", "Hello"));
        Assert.Equal("51", Call("hash", "World", 100));
        Assert.Equal("1380966698541616202", Call("hash", new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
        Assert.Equal("f5a7924e621e84c9280a9a27e1bcb7f6", Call("hash_md5", "World"));
        Assert.Equal("786c530672d1f8db31fee25ea8a9390b", Call("hash_md5", newYear));
        Assert.Equal("e903e533f4d636b4fc0dcf3cf81e7b7f330de776", Call("hash_sha1", newYear));
        Assert.Equal("ba666752dc1a20eb750b0eb64e780cc4c968bc9fb8813461c1d7e750f302d71d", Call("hash_sha256", newYear));
    }

    // Expected values: published ones (0xEF46DB3751D8E999, 0xFBCEA83C8A378BF1).
    [Theory]
    [InlineData("", -1205034819632174695)]
    [InlineData("Nobody inspects the spammish repetition", -302119147016844303)]
    public void LongInputHashesInStripes(string text, long expected) =>
        Assert.Equal(expected.ToString(System.Globalization.CultureInfo.InvariantCulture), Call("hash", text));

    [Fact]
    public void HashesOfSeveralValuesDependOnEachAndTheirOrder()
    {
        Assert.NotEqual(Call("hash_many", "a", "b"), Call("hash_many", "b", "a"));
        Assert.Equal(Call("hash_many", "a", "b"), Call("hash_combine", new Typed(KqlType.Long, Evaluate("hash", "a")), new Typed(KqlType.Long, Evaluate("hash", "b"))));
    }

    [Fact]
    public void NewGuidsDifferFromRowToRow()
    {
        Assert.True(FunctionCatalog.TryFind("new_guid", out var entry));
        Assert.False(entry.Deterministic);
        var site = new CallSite(KqlType.Guid, 0, CancellationToken.None);
        var column = entry.Signatures[0].Kernel!(new CallShape([], [])).Evaluate(site, [], 2);
        Assert.NotEqual(column.Box(0), column.Box(1));
    }
}
