using AksInsights.Kql.Functions;
using static AksInsights.Kql.Tests.Functions.FunctionFixture;

namespace AksInsights.Kql.Tests.Functions;

/// <summary>Expected values: the examples of the functions' reference pages, unless a comment says otherwise.</summary>
public class DocumentFunctionsTests
{
    [Theory]
    [InlineData("aa,\"b,b,b\",cc,\"Escaping quotes: \"\"Title\"\"\",\"line1\nline2\"", "[\"aa\",\"b,b,b\",\"cc\",\"Escaping quotes: \\\"Title\\\"\",\"line1\\nline2\"]")]
    [InlineData("record1,a,b,c\nrecord2,x,y,z", "[\"record1\",\"a\",\"b\",\"c\"]")]
    [InlineData("a,,", "[\"a\",\"\",\"\"]")]
    [InlineData("\"open", "[\"open\"]")]
    public void CsvGivesItsFirstRecord(string text, string expected) => Assert.Equal(expected, Call("parse_csv", text));

    [Theory]
    [InlineData("<e/>", "{\"e\":null}")]
    [InlineData("<e>text</e>", "{\"e\":\"text\"}")]
    [InlineData("<e name=\"value\" />", "{\"e\":{\"@name\":\"value\"}}")]
    [InlineData("<e name=\"value\">text</e>", "{\"e\":{\"@name\":\"value\",\"#text\":\"text\"}}")]
    [InlineData("<e> <a>text</a> <b>text</b> </e>", "{\"e\":{\"a\":\"text\",\"b\":\"text\"}}")]
    [InlineData("<e> <a>text</a> <a>text</a> </e>", "{\"e\":{\"a\":[\"text\",\"text\"]}}")]
    [InlineData("<e> text <a>text</a> </e>", "{\"e\":{\"#text\":\"text\",\"a\":\"text\"}}")]
    [InlineData("<?xml version=\"1.0\"?><e><!-- c -->x</e>", "{\"e\":\"x\"}")]
    [InlineData("<e>", "null")]
    [InlineData("<!DOCTYPE e [<!ENTITY x \"y\">]><e>&x;</e>", "null")]
    public void XmlBecomesJson(string xml, string expected) => Assert.Equal(expected, Call("parse_xml", xml));

    [Theory]
    [InlineData(@"C:\temp\file.txt", "", "C:", @"C:\\temp", "temp", "file.txt", "txt", "")]
    [InlineData(@"temp\file.txt", "", "", "temp", "temp", "file.txt", "txt", "")]
    [InlineData("file://C:/temp/file.txt:some.exe", "file", "C:", "C:/temp", "temp", "file.txt", "txt", "some.exe")]
    [InlineData(@"\\shared\users\temp\file.txt.gz", "", "", @"\\\\shared\\users\\temp", "temp", "file.txt.gz", "gz", "")]
    [InlineData("/usr/lib/temp/file.txt", "", "", "/usr/lib/temp", "temp", "file.txt", "txt", "")]
    public void PathsHaveParts(string path, string scheme, string root, string directory, string directoryName, string file, string extension, string stream) =>
        Assert.Equal(
            $"{{\"Scheme\":\"{scheme}\",\"RootPath\":\"{root}\",\"DirectoryPath\":\"{directory}\",\"DirectoryName\":\"{directoryName}\","
            + $"\"Filename\":\"{file}\",\"Extension\":\"{extension}\",\"AlternateDataStreamName\":\"{stream}\"}}",
            Call("parse_path", path));

    [Theory]
    [InlineData("0.0.0.5", "5")]
    [InlineData("0.0.7.0", "700000000")]
    [InlineData("0.2", "20000000000000000")]
    [InlineData("1.2.3.4", "1000000020000000300000004")]
    [InlineData("1", "1000000000000000000000000")]
    [InlineData("1.2.3.4.5", "null")]
    [InlineData("1.123456789", "null")]
    [InlineData("v1", "null")]
    public void VersionsCompareAsNumbers(string version, string expected) => Assert.Equal(expected, Call("parse_version", version));

    // Expected values beside the first: the table of the «Parsing C command-line arguments» page.
    [Theory]
    [InlineData("echo \"hello world!\"", "[\"echo\",\"hello world!\"]")]
    [InlineData("p \"a b c\" d e", "[\"p\",\"a b c\",\"d\",\"e\"]")]
    [InlineData("p \"ab\\\"c\" \"\\\\\" d", "[\"p\",\"ab\\\"c\",\"\\\\\",\"d\"]")]
    [InlineData("p a\\\\\\b d\"e f\"g h", "[\"p\",\"a\\\\\\\\\\\\b\",\"de fg\",\"h\"]")]
    [InlineData("p a\\\\\\\"b c d", "[\"p\",\"a\\\\\\\"b\",\"c\",\"d\"]")]
    [InlineData("p a\\\\\\\\\"b c\" d e", "[\"p\",\"a\\\\\\\\b c\",\"d\",\"e\"]")]
    [InlineData("\"C:\\Program Files\\a.exe\" x", "[\"C:\\\\Program Files\\\\a.exe\",\"x\"]")]
    public void CommandLinesSplitAsOnWindows(string line, string expected) => Assert.Equal(expected, Call("parse_command_line", line, "windows"));

    [Fact]
    public void AnotherCommandLineParserIsRefused() => Assert.Throws<CallFailedException>(() => Call("parse_command_line", "a", "bash"));

    [Theory]
    [InlineData("convert_angle", 1.2, "Degree", "Arcminute", 72)]
    [InlineData("convert_energy", 1.2, "Joule", "BritishThermalUnit", 0.00113738054437598)]
    [InlineData("convert_force", 1.2, "Newton", "Decanewton", 0.12)]
    [InlineData("convert_length", 1.2, "Meter", "Foot", 3.93700787401575)]
    [InlineData("convert_mass", 1.2, "Kilogram", "Pound", 2.64554714621853)]
    [InlineData("convert_speed", 1.2, "MeterPerSecond", "CentimeterPerHour", 432000.0)]
    [InlineData("convert_temperature", 1.2, "Kelvin", "DegreeCelsius", -271.95)]
    [InlineData("convert_volume", 1.2, "CubicMeter", "AcreFoot", 0.0009728568)]
    // Definitions: water boils at 212 F and 0 De; an angle of 30 degrees has the tilt 0.5; a gallon is 231 cubic inches.
    [InlineData("convert_temperature", 212, "DegreeFahrenheit", "DegreeDelisle", 0)]
    [InlineData("convert_angle", 30, "Degree", "Tilt", 0.5)]
    [InlineData("convert_angle", 0.5, "tilt", "Degree", 30)]
    [InlineData("convert_volume", 1, "UsGallon", "CubicInch", 231)]
    public void UnitsConvert(string name, double value, string from, string to, double expected) =>
        Assert.Equal(expected, (double)Evaluate(name, value, from, to)!, 1e-9 * Math.Max(1, Math.Abs(expected)));

    [Fact]
    public void AnUnknownUnitGivesNull()
    {
        Assert.Equal("null", Call("convert_length", 1.0, "Meter", "Parrot"));
        Assert.Equal("null", Call("convert_temperature", 1.0, "Parrot", "Kelvin"));
    }
}
