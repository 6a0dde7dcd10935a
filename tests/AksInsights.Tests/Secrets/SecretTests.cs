using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using AksInsights.Adapters.Channels;
using AksInsights.Core.Secrets;
using AksInsights.Service.Hosting;

namespace AksInsights.Tests.Secrets;

/// <summary>What a secret shows of itself, and that nothing that is one is held as anything else.</summary>
public sealed partial class SecretTests
{
    private const string Text = "s3cr3t+with/signs&more";

    // What they hold is the name of a kind of credential, a mode of a file, and a piece of a query.
    private static readonly string[] NoSecrets = ["AzureSettings.Credential", "CredentialAnswer+Token.Credential", "ErrorPlace.Token", "HostFile.Token"];

    private static readonly Assembly[] Program = [typeof(Secret).Assembly, typeof(ChannelFactory).Assembly, typeof(ServiceSettings).Assembly];

    [Fact]
    public void ItIsHiddenWhereverItIsWritten() => Assert.Equal("***, ***", $"{new Secret(Text)}, {new Secret(Text).HideIn(Text)}");

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("user:")]
    public void ItIsHiddenInBase64AfterAnything(string before)
    {
        var written = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{before}{Text}, and more"));
        var shown = new Secret(Text).HideIn($"Authorization: Basic {written}");
        Assert.Contains(Secret.Mask, shown, StringComparison.Ordinal);
        // What is left holds at most the sign that the secret begins or ends with, mixed with its neighbour.
        Assert.True(shown.Replace(Secret.Mask, "", StringComparison.Ordinal).Length <= "Authorization: Basic ".Length + written.Length - (Text.Length * 4 / 3) + 3, shown);
    }

    [Fact]
    public void ItIsHiddenInAddressesJsonAndHtml()
    {
        var secret = new Secret("a+b&c'd-long");
        Assert.Equal("/hooks/***", secret.HideIn("/hooks/" + Uri.EscapeDataString("a+b&c'd-long")));
        Assert.Equal("<p>***", secret.HideIn("<p>" + System.Net.WebUtility.HtmlEncode("a+b&c'd-long")));
        Assert.Equal("""{"a":"***"}""", secret.HideIn(System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["a"] = "a+b&c'd-long" })));
    }

    [Fact]
    public void AnAddressIsHiddenAndItsHostIsNot()
    {
        var secret = Secret.OfAddress(new Uri("https://name:pass%2Bword@hooks.example/services/T0000/B00000000/XyzXyzXyz?code=abcdefgh12&v=1"));
        Assert.Equal("Cannot POST ***", secret.HideIn("Cannot POST /services/T0000/B00000000/XyzXyzXyz?code=abcdefgh12&v=1"));
        Assert.Equal("no *** at hooks.example, nor *** or ***", secret.HideIn("no XyzXyzXyz at hooks.example, nor abcdefgh12 or pass+word"));
        Assert.Equal("Basic ***", secret.HideIn("Basic " + Convert.ToBase64String("name:pass+word"u8)));
    }

    [Fact]
    public void NamesAndPasswordsInAddressesAreHidden() => Assert.Equal(
        "proxy 'http://***@proxy.example:3128/' and https://***@host, not https://host/a@b or mail a@b.example",
        AddressCredentials.HideIn("proxy 'http://name:p%2Bw'd@proxy.example:3128/' and https://token@host, not https://host/a@b or mail a@b.example"));

    [Fact]
    public void AShortOrEmptyTextHidesNothing() => Assert.Equal("a b c", new Secret("").HideIn(new Secret("b").HideIn("a b c")));

    [Fact]
    public void EverySecretOfTheProgramHasAPlaceInTheTestThatPlantsThem() => Assert.Equal(
        PlantedSecrets.ByMember.Keys.Order(StringComparer.Ordinal),
        Fields().Where(field => IsSecret(field.FieldType)).Select(Name).Order(StringComparer.Ordinal));

    [Fact]
    public void NothingThatIsCalledASecretIsHeldAsAText() => Assert.Equal(
        NoSecrets, Fields().Where(field => field.FieldType == typeof(string) && SecretName().IsMatch(Name(field).Split('.')[^1])).Select(Name).Order(StringComparer.Ordinal));

    [Fact]
    public void EverySecretOfAChannelHasAPlaceInTheTestThatPlantsThem()
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var kind in new ChannelFactory(TimeProvider.System, TextWriter.Null).Kinds)
        {
            // Slack has two ways; a user of a mail server has a password.
            foreach (var extra in new[] { "User", "Token", "None" })
            {
                var settings = new ChannelSettings("c", [new("Kind", kind), new(extra, "x")]);
                new ChannelFactory(TimeProvider.System, TextWriter.Null).Create(settings);
                foreach (var key in settings.SecretKeys) found.Add($"{kind}:{key}");
            }
        }

        Assert.Equal(PlantedSecrets.Places.Where(place => ChannelPlace().IsMatch(place)), found);
    }

    private static IEnumerable<FieldInfo> Fields() => Program.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type != typeof(Secret) && !type.Name.Contains('<', StringComparison.Ordinal) && type.DeclaringType?.Name.Contains('<', StringComparison.Ordinal) != true)
        .SelectMany(type => type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(field => !field.IsLiteral);

    private static bool IsSecret(Type type) => type == typeof(Secret) || type.GetGenericArguments().Any(IsSecret) || (type.IsArray && IsSecret(type.GetElementType()!));

    private static string Name(FieldInfo field) => $"{field.DeclaringType!.FullName![(field.DeclaringType.Namespace!.Length + 1)..]}.{BackingField().Replace(field.Name, "$1")}";

    [GeneratedRegex("^<(.+)>k__BackingField$")]
    private static partial Regex BackingField();

    [GeneratedRegex("(?i)(secret|password|passphrase|apikey|routingkey|credential|(?<!next)token)$")]
    private static partial Regex SecretName();

    [GeneratedRegex("^[a-z]+:[A-Z][A-Za-z]+$")]
    private static partial Regex ChannelPlace();
}
