using AksInsights.Service.Alerts;

namespace AksInsights.Service.Hosting;

/// <summary>Whose tokens let somebody into the API: those that one tenant of Entra ID gives for one application.</summary>
/// <param name="Tenant">The tenant's id.</param>
/// <param name="Audience">The client id of the application that stands for this service, or its <c>api://</c> URI.</param>
/// <param name="Instance">Who gives tokens, with a slash at the end.</param>
internal sealed record EntraSettings(string Tenant, string Audience, Uri Instance)
{
    private const string UriPrefix = "api://";
    private static readonly Uri PublicInstance = new("https://login.microsoftonline.com/");

    /// <summary>Where keys and issuer are published.</summary>
    public Uri Authority => new(Instance, $"{Tenant}/v2.0");

    /// <summary>Those who issue this tenant's tokens: of version 2, and of version 1, which applications get unless they ask for the other.</summary>
    public IReadOnlyList<string> Issuers => [Authority.ToString(), $"https://sts.windows.net/{Tenant}/"];

    /// <summary>The names under which a token may be meant for this service: a client id and the URI made of it are the same application.</summary>
    public IReadOnlyList<string> Audiences =>
        Guid.TryParse(Audience, out _) ? [Audience, UriPrefix + Audience]
        : Audience.StartsWith(UriPrefix, StringComparison.Ordinal) && Guid.TryParse(Audience[UriPrefix.Length..], out _) ? [Audience, Audience[UriPrefix.Length..]]
        : [Audience];

    /// <summary>Reads the section <c>Service:Entra</c>; mistakes are collected.</summary>
    public static EntraSettings Read(SettingsSection section)
    {
        var (tenant, audience, instance) = (section.RequiredText("TenantId"), section.RequiredText("Audience"), section.Address("Instance") ?? PublicInstance);
        // `common` and `organizations` would let every tenant of the world in.
        if (tenant.Length > 0 && !Guid.TryParse(tenant, out _)) section.Mistake("TenantId", $"is `{tenant}`, where the id of one tenant, a GUID, is expected.");
        if (audience.Length > 0 && !Guid.TryParse(audience, out _) && !Uri.TryCreate(audience, UriKind.Absolute, out _))
            section.Mistake("Audience", $"is `{audience}`, where the client id of the application that stands for this service, a GUID, or its URI such as `api://...` is expected.");
        if (instance.Scheme != Uri.UriSchemeHttps) section.Mistake("Instance", $"is `{instance}`; signing keys are fetched by https only.");
        section.Finish();
        return new EntraSettings(tenant.ToLowerInvariant(), audience, instance);
    }
}
