using System.Security.Claims;
using AksInsights.Service.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace AksInsights.Service.Api;

/// <summary>Checks tokens of Entra ID: signature by the tenant's published keys, issuer, audience and lifetime; and reads who it is and what they may do.</summary>
internal static class EntraTokens
{
    private const string Scheme = "Entra";

    // Clocks differ a little; the library's five minutes are more than a cluster's should.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    /// <summary>The claims that name somebody, the most readable first; the last ones are those of programs.</summary>
    private static readonly string[] Names = ["preferred_username", "upn", "unique_name", "name", "azp", "appid", "oid", "sub"];

    /// <summary>Adds the check to the services of a host.</summary>
    /// <param name="services">The services.</param>
    /// <param name="settings">Whose tokens.</param>
    /// <param name="transport">The way to the signing keys; null takes the usual one.</param>
    public static void Add(IServiceCollection services, EntraSettings settings, HttpMessageHandler? transport) =>
        services.AddAuthentication().AddJwtBearer(Scheme, options =>
        {
            options.Authority = settings.Authority.ToString();
            options.BackchannelHttpHandler = transport;
            options.MapInboundClaims = false;
            // Why a token is refused is said without repeating anything of it.
            options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuers = settings.Issuers,
                ValidAudiences = settings.Audiences,
                ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
                ClockSkew = ClockSkew,
                RequireExpirationTime = true,
                RequireSignedTokens = true,
            };
            // Without this a failure to fetch the keys would be thrown.
            options.Events = new JwtBearerEvents
            {
                OnAuthenticationFailed = context =>
                {
                    context.Fail(context.Exception);
                    return Task.CompletedTask;
                },
            };
        });

    /// <summary>Who sent a request, by the token it carries.</summary>
    public static async Task<EntraAnswer> ReadAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync(Scheme).ConfigureAwait(false);
        if (result.Principal is { } token) return new EntraAnswer.Known(Caller(token));
        if (result.Failure is null) return new EntraAnswer.Refused("A key or a token of Entra ID is needed: Authorization: Bearer TOKEN.");
        try
        {
            var options = context.RequestServices.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(Scheme);
            await options.ConfigurationManager!.GetConfigurationAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            return new EntraAnswer.Unreachable("The signing keys of Entra ID cannot be fetched at the moment, so no token can be checked.");
        }

        return new EntraAnswer.Refused($"The token is not accepted: {Reason(result.Failure)}");
    }

    private static ClaimsPrincipal Caller(ClaimsPrincipal token)
    {
        var name = Names.Select(claim => token.FindFirstValue(claim)).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        // A program has roles; a person has roles, or scopes that the program in between was given for them.
        var given = token.FindAll("roles").Select(claim => claim.Value).Concat(token.FindAll("scp").SelectMany(claim => claim.Value.Split(' ')));
        return Permission.Caller(name ?? "somebody without a name", Scheme, given.Where(permission => permission is Permission.Read or Permission.Change));
    }

    private static string Reason(Exception failure) => failure switch
    {
        SecurityTokenExpiredException => "it has expired.",
        SecurityTokenNotYetValidException => "it is not valid yet; is a clock wrong?",
        SecurityTokenNoExpirationException => "it says not when it ends.",
        SecurityTokenInvalidAudienceException => "it is for another application than `Service:Entra:Audience`.",
        SecurityTokenInvalidIssuerException => "it was given by another tenant than `Service:Entra:TenantId`.",
        SecurityTokenInvalidSignatureException => "its signature is not the tenant's.",
        _ => "it is no token of Entra ID.",
    };
}

/// <summary>What became of a token.</summary>
internal abstract record EntraAnswer
{
    private EntraAnswer()
    {
    }

    /// <summary>It is good.</summary>
    /// <param name="Caller">Whose it is, and what they may do.</param>
    public sealed record Known(ClaimsPrincipal Caller) : EntraAnswer;

    /// <summary>There is none, or it is not good.</summary>
    /// <param name="Reason">Why, without a word of the token.</param>
    public sealed record Refused(string Reason) : EntraAnswer;

    /// <summary>It cannot be checked now.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Unreachable(string Reason) : EntraAnswer;
}
