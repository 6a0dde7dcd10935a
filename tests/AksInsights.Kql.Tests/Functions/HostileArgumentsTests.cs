using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Functions.Patterns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Functions;

/// <summary>Whatever the values, a scalar function gives a column of its type, or refuses with the exception made for it.</summary>
public class HostileArgumentsTests
{
    private const int Seed = 20240501;
    private const int Rounds = 20;

    private static readonly string[] Texts =
    [
        "", " ", "a", "-1", "0", "1.5", "1e400", "9223372036854775808", "NaN", "2024-02-30", "1.2.3.4/33", "::1", "{\"a\":[1,{}]}", "[", "\ud83d", "\ud83d\ude00",
        "x=1&y", "a,\"b", "(a)(?P<n>b)?", "[a-z&&[^x]]", "\\", "$.a[0]", "100d", "xn--", "long", "Kelvin", "UTC", "yyyy-MM-dd", "\0", new string('9', 300),
    ];

    private static readonly object[] Dynamics =
    [
        1L, -1.5, true, "text", DynamicArray.Empty, new DynamicArray([1L, null, "a", 2.5, DynamicArray.Empty]), new DynamicBag { ["a"] = 1L, [""] = null },
        new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), TimeSpan.FromDays(-1), Guid.Empty, 1.5m,
    ];

    public static TheoryData<string> ScalarFunctions
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (var entry in FunctionCatalog.All.Where(e => e.Kind == FunctionKind.Scalar)) names.Add(entry.Name);
            return names;
        }
    }

    [Theory]
    [MemberData(nameof(ScalarFunctions))]
    public void AFunctionAnswersOrRefuses(string name)
    {
        var random = new Random(Seed);
        Assert.True(FunctionCatalog.TryFind(name, out var entry));
        // One array of the longest allowed length a row is enough.
        for (var round = 0; round < (name == "range" ? 1 : Rounds); round++)
        {
            foreach (var signature in entry.Signatures.Where(s => s.Kernel is not null)) TryOne(name, signature, random);
        }
    }

    [Fact]
    public void AnyTextIsAPatternOrHasAProblem()
    {
        const string Characters = "()[]{}?*+|\\^$.-&~#:=!<>PpQExuUbBzAkid01,a \n\u00e9\ud83d\ude00";
        var random = new Random(Seed);
        for (var round = 0; round < 300; round++)
        {
            var pattern = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Characters[random.Next(Characters.Length)]));
            Assert.NotEqual(RegexTranslation.TryGet(pattern, out _, out var problem), problem is not null);
        }
    }

    private static void TryOne(string name, Signature signature, Random random)
    {
        var count = signature.Parameters.Count(p => !p.IsOptional || random.Next(2) == 0);
        var parameters = signature.Parameters.Take(count).ToArray();
        if (signature.Parameters.Skip(count).Any(p => !p.IsOptional)) return;
        var common = Pick(random, TypeSet.Number);
        var columns = parameters.Select(p => Make(p, p.IsCommon && p.Accepts.Holds(common) ? common : Pick(random, p.Accepts), random)).ToArray();
        var shape = new CallShape([.. columns.Select(c => c.Type)], [.. columns.Select(c => Map.IsConstant(c) ? c.Box(0) : null)]);
        var result = signature.Result(shape);
        if (result == KqlType.Error) return;
        try
        {
            var column = signature.Kernel!(shape).Evaluate(new CallSite(result, FunctionFixture.Now.Ticks, CancellationToken.None), columns, 3);
            Assert.Equal(3, column.Length);
            Assert.Equal(result, column.Type);
            for (var row = 0; row < 3; row++) _ = column.Box(row);
        }
        catch (CallFailedException refused)
        {
            Assert.False(string.IsNullOrWhiteSpace(refused.Message));
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            var values = string.Join(", ", columns.Select(c => $"{c.Type} {c.Box(1) ?? "null"}"));
            Assert.Fail($"{name}({values}) threw {e.GetType().Name}: {e.Message}");
        }
    }

    private static Column Make(Parameter parameter, KqlType type, Random random)
    {
        var builder = ColumnBuilder.Create(type);
        for (var row = 0; row < 3; row++) builder.AddBoxed(random.Next(6) == 0 ? null : Value(type, random));
        var column = builder.Build();
        if (parameter.IsConstant || random.Next(3) == 0) column = Constants.Create(type, column.Box(0), 3);
        var target = parameter.ConvertTo ?? type;
        return target == type ? column : Conversions.For(type, target).Evaluate(new CallSite(target, 0, CancellationToken.None), [column], 3);
    }

    private static KqlType Pick(Random random, TypeSet accepts)
    {
        KqlType[] types = [.. Enum.GetValues<KqlType>().Where(t => t != KqlType.Error && accepts.Holds(t))];
        return types[random.Next(types.Length)];
    }

    private static object? Value(KqlType type, Random random) => type switch
    {
        KqlType.Bool => random.Next(2) == 0,
        KqlType.Int => (long)random.Next(-3, 40),
        KqlType.Long => random.Next(4) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next(-3, 40),
        KqlType.Real => random.Next(5) switch { 0 => double.NaN, 1 => double.NegativeInfinity, 2 => 1e300, _ => (random.NextDouble() * 20) - 5 },
        KqlType.Decimal => random.Next(4) == 0 ? decimal.MaxValue : (decimal)((random.NextDouble() * 20) - 5),
        KqlType.DateTime => random.Next(4) == 0 ? DateTime.MaxValue.Ticks : random.NextInt64(DateTime.MaxValue.Ticks),
        KqlType.TimeSpan => random.Next(4) == 0 ? long.MinValue : random.NextInt64(-TimeSpan.TicksPerDay * 400, TimeSpan.TicksPerDay * 400),
        KqlType.Guid => Guid.Empty,
        KqlType.String => Texts[random.Next(Texts.Length)],
        _ => Dynamics[random.Next(Dynamics.Length)],
    };
}
