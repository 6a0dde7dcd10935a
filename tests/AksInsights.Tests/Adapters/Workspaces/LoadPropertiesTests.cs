using System.Text;
using System.Text.Json;
using AksInsights.Adapters.Workspaces.Recorded;
using FsCheck;
using FsCheck.Fluent;

namespace AksInsights.Tests.Adapters.Workspaces;

/// <summary>Loading compared with the plainest possible reader, and fed with anything.</summary>
public sealed class LoadPropertiesTests
{
    private static readonly string[] Names = ["Computer", "CounterName", "CounterValue", "InstanceName", "SampleCount", "TimeGenerated", "Unknown"];

    private static readonly string[] Texts =
        [
            "\"\"", "\"a\"", "\"b\"", "\"a longer text, the same at its beginning\"", "\"a longer text, the same at its end\"", "\"\\\"q\\\"\"",
            "\"\\u00e4\"", "null",
        ];

    private static readonly string[] Numbers = ["0", "1", "12", "123", "-4.25", "1e2", "12345678901234567890", "null"];

    private static readonly string[] Times = ["\"2026-11-20T06:00:04Z\"", "\"2026-11-20T06:00:05.25Z\"", "null"];

    private static readonly Gen<string> Line =
        from count in Gen.Choose(0, 8)
        from names in Gen.ArrayOf(Gen.Elements(Names), count)
        from spaces in Gen.Elements("", "", "", " ")
        from values in Gen.CollectToArray(names, ValueOf)
        select "{" + string.Join($",{spaces}", names.Zip(values, (name, value) => $"\"{name}\":{spaces}{value}")) + "}";

    [Fact]
    public void EveryRecordIsReadAsAPlainReaderReadsItHoweverTheFileIsCut() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(100),
            Prop.ForAll(
                Gen.ListOf(Gen.Frequency((6, Line), (1, Gen.Elements("", "{", "{\"Computer\":\"x\"}x")))).ToArbitrary(),
                Gen.Choose(1, 400).ToArbitrary(),
                (lines, blockBytes) => AssertRead([.. lines], blockBytes)));

    [Fact]
    public void AnyBytesInAnyFormatEndInRowsAndProblems() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60),
            Prop.ForAll(
                Gen.ArrayOf(Gen.Frequency((1, Gen.Choose(0, 255)), (4, Gen.Elements("{}[]\",:\\\n\r 1atfn".Select(c => (int)c))))).ToArbitrary(),
                Gen.Elements("Perf.jsonl", "Perf.json", "Perf.csv", "Custom.jsonl", "Custom.json", "Custom.csv").ToArbitrary(),
                (bytes, name) => LoadsWithoutCrash(name, [.. bytes.Select(value => (byte)value)], isPacked: false)));

    [Fact]
    public void AnyDamageToAFileEndsInRowsAndProblems() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60),
            Prop.ForAll(
                Gen.ListOf(Line).ToArbitrary(),
                Gen.Choose(0, 1000).ToArbitrary(),
                Gen.Choose(0, 255).ToArbitrary(),
                (lines, place, value) => LoadsDamaged([.. lines], place, (byte)value)));

    private static Gen<string> ValueOf(string name) => name switch
    {
        "CounterValue" => Gen.Elements(Numbers),
        "SampleCount" => Gen.Elements("0", "1", "-2147483648", "null"),
        "TimeGenerated" => Gen.Elements(Times),
        "Unknown" => Gen.Elements("1", "2", "[1,{\"a\":\"}\"}]", "{}"),
        _ => Gen.Elements(Texts),
    };

    private static void AssertRead(string[] lines, int blockBytes)
    {
        using var folder = new RecordedFolder();
        folder.Write("Perf.jsonl", string.Join('\n', lines));
        var tables = folder.Open(new RecordedWorkspaceOptions { BlockBytes = blockBytes, Workers = 1 + (blockBytes % 3) });
        var records = lines.Select(Parse).OfType<JsonElement>().ToArray();
        foreach (var name in Names.SkipLast(1))
        {
            var expected = records.Select(record => Cell(name, record)).ToArray();
            Assert.Equal(expected, tables.Values("Perf", name));
        }

        var broken = lines.Count(line => line.Length > 0) - records.Length;
        Assert.Equal(broken, tables.Report.ProblemCount);
    }

    private static JsonElement? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonDocument.Parse(line).RootElement;
        }
        catch (JsonException)
        {
            // A line that the reference reader refuses must be left out.
            return null;
        }
    }

    private static object? Cell(string name, JsonElement record)
    {
        var isText = name is "Computer" or "CounterName" or "InstanceName";
        if (!record.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return isText ? "" : null;
        return name switch
        {
            "CounterValue" => value.GetDouble(),
            "SampleCount" => value.GetInt64(),
            "TimeGenerated" => value.GetDateTime().ToUniversalTime().Ticks,
            _ => value.GetString(),
        };
    }

    private static void LoadsWithoutCrash(string name, byte[] bytes, bool isPacked)
    {
        using var folder = new RecordedFolder();
        folder.WriteAsItIs(isPacked ? name + ".gz" : name, bytes);
        var options = new RecordedWorkspaceOptions { BlockBytes = 64, Workers = 2 };
        if (RecordedWorkspaceTables.Open(folder.Path, options) is not RecordedWorkspaceOpening.Opened opened)
            return;
        var table = opened.Tables.Symbol(name.Split('.')[0]);
        var rows = opened.Tables.Load(table, [.. table.Columns.Select(column => column.Name)], CancellationToken.None);
        Assert.All(rows.Columns.Values, column => Assert.Equal(rows.RowCount, column.Length));
    }

    private static void LoadsDamaged(string[] lines, int place, byte value)
    {
        var text = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        text[place % text.Length] = value;
        LoadsWithoutCrash("Perf.jsonl", text, isPacked: false);
        var packed = RecordedFolder.Gzip(text);
        LoadsWithoutCrash("Perf.jsonl", packed[..(place % packed.Length)], isPacked: true);
        packed[place % packed.Length] = value;
        LoadsWithoutCrash("Perf.jsonl", packed, isPacked: true);
    }
}
