using AksInsights.Kql.Types;
using static AksInsights.Kql.Tests.Functions.FunctionFixture;

namespace AksInsights.Kql.Tests.Functions.Scalar;

/// <summary>Property bags. Expected values are those of the functions' pages unless said otherwise.</summary>
public class BagsTests
{
    private const string Nested = "{'key1': 123, 'key2': {'prop1' : 'abc', 'prop2': 'xyz'}, 'key3': [100, 200]}";

    [Fact]
    public void BagsArePacked()
    {
        Assert.Equal("{\"Level\":\"Information\",\"ProcessID\":1234,\"Data\":{\"url\":\"x\"}}",
            Call("bag_pack", "Level", "Information", "ProcessID", 1234, "Data", Dyn("{'url':'x'}")));
        Assert.Equal("{\"a\":2}", Call("pack", "a", 1, "a", 2));
    }

    [Theory]
    [InlineData("{'a':'b','c':123}", "[\"a\",\"c\"]")]
    [InlineData("{'a':'b','c':{'d':123}}", "[\"a\",\"c\"]")]
    [InlineData("{}", "[]")]
    [InlineData("'a'", "null")]
    [InlineData("[]", "null")]
    public void KeysAreThoseOfTheRoot(string bag, string expected) => Assert.Equal(expected, Call("bag_keys", Dyn(bag)));

    [Theory]
    [InlineData("key2", true)]
    [InlineData("key4", false)]
    [InlineData("$.key2.prop1", true)]
    [InlineData("$['key2']['prop2']", true)]
    [InlineData("$.key2.prop3", false)]
    [InlineData("$.key3[0]", false)]
    [InlineData("$.", false)]
    [InlineData("$['", false)]
    public void KeysAreFoundByNameAndPath(string key, bool expected) => Assert.Equal(expected, Evaluate("bag_has_key", Dyn(Nested), key));

    [Fact]
    public void MergedBagsKeepTheFirstValue()
    {
        Assert.Equal("{\"A1\":12,\"B1\":2,\"A2\":81}", Call("bag_merge", Dyn("{'A1':12,'B1':2}"), Dyn("{'A2':81,'A1':1}")));
        Assert.Equal("{\"a\":1}", Call("bag_merge", Dyn("7"), Dyn("{'a':1}")));
        Assert.Equal("null", Call("bag_merge", Dyn("7"), Dyn("[1]")));
    }

    [Theory]
    [InlineData("['key2','key4']", "{\"key1\":123,\"key3\":[100,200]}")]
    [InlineData("['$.key2.prop1','key3']", "{\"key1\":123,\"key2\":{\"prop2\":\"xyz\"}}")]
    [InlineData("['$.key1.prop1']", "{\"key1\":123,\"key2\":{\"prop1\":\"abc\",\"prop2\":\"xyz\"},\"key3\":[100,200]}")]
    public void KeysAreRemovedByNameAndPath(string keys, string expected) => Assert.Equal(expected, Call("bag_remove_keys", Dyn(Nested), Dyn(keys)));

    [Theory]
    [InlineData("{'key1':1,'key2':2}", "key3", "{\"key1\":1,\"key2\":2,\"key3\":3}")]
    [InlineData("{'key1':1,'key3':'abc'}", "key3", "{\"key1\":1,\"key3\":3}")]
    [InlineData("{'key1':123,'key2':{'prop1':123,'prop2':'xyz'}}", "$.key2.prop1", "{\"key1\":123,\"key2\":{\"prop1\":3,\"prop2\":\"xyz\"}}")]
    [InlineData("{'key1':123}", "$.key2.prop1", "{\"key1\":123,\"key2\":{\"prop1\":3}}")]
    [InlineData("[1]", "a", "null")]
    public void KeysAreSetByNameAndPath(string bag, string key, string expected) => Assert.Equal(expected, Call("bag_set_key", Dyn(bag), key, 3));

    [Theory]
    [InlineData("['a','b','c']", "[1,'2',3.4]", "{\"a\":1,\"b\":\"2\",\"c\":3.4}")]
    [InlineData("['a','b','c']", "[1,'2']", "{\"a\":1,\"b\":\"2\",\"c\":null}")]
    [InlineData("['a','b']", "[1,'2',2.5]", "{\"a\":1,\"b\":\"2\"}")]
    [InlineData("['a',8,'b']", "[1,'2',2.5]", "{\"a\":1,\"b\":2.5}")]
    [InlineData("['a',8,'b']", "1", "{\"a\":null,\"b\":null}")]
    [InlineData("'a'", "[1,'2',2.5]", "null")]
    public void NamesAndValuesAreZipped(string keys, string values, string expected) => Assert.Equal(expected, Call("bag_zip", Dyn(keys), Dyn(values)));

    [Theory]
    [InlineData("{'a':'b','c':123}", "[\"['a']\",\"['c']\"]")]
    [InlineData("{'prop1':[1,2,3,4],'prop2':'value2'}", "[\"['prop1']\",\"['prop1'][0]\",\"['prop2']\"]")]
    [InlineData("{'listProperty':[100,200,300,'abcde',{'x':'y'}]}", "[\"['listProperty']\",\"['listProperty'][0]\",\"['listProperty'][0]['x']\"]")]
    public void PathsLeadToTheLeaves(string bag, string expected) => Assert.Equal(expected, Call("treepath", Dyn(bag)));

    [Fact]
    public void CanonicalJsonIsSorted()
    {
        var bag = Dyn("{'Y10':{},'X8':{'c3':1,'d8':5,'a4':6},'D1':114,'A1':12,'A14':[15,13,18]}");
        Assert.Equal("{\"A1\":12,\"A14\":[15,13,18],\"D1\":114,\"X8\":{\"a4\":6,\"c3\":1,\"d8\":5},\"Y10\":{}}", Call("dynamic_to_json", bag));
        Assert.Equal("abc", Call("dynamic_to_json", "abc"));
    }

    [Fact]
    public void EqualValuesHaveEqualHashes()
    {
        (object? Left, object? Right)[] pairs = [(1L, 1.0), (1L, 1m), (0.0, -0.0), (Dyn("{'a':1,'b':[1,2]}").Value, Dyn("{'b':[1.0,2],'a':1}").Value)];
        foreach (var (left, right) in pairs)
        {
            Assert.True(DynamicEquality.Instance.Equals(left, right));
            Assert.Equal(DynamicEquality.Instance.GetHashCode(left), DynamicEquality.Instance.GetHashCode(right));
        }

        Assert.False(DynamicEquality.Instance.Equals(9007199254740993L, 9007199254740992.0));
        Assert.False(DynamicEquality.Instance.Equals(true, 1L));
    }
}
