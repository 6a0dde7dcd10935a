using System.Security.Authentication;
using AksInsights.Core.Secrets;

namespace AksInsights.Adapters.Channels;

/// <summary>Why a server could not be reached, in words that say what is wrong with its certificate, where that is it.</summary>
internal static class Trouble
{
    /// <summary>The words, without what was sent.</summary>
    public static string Of(Exception error) => error switch
    {
        { InnerException: AuthenticationException inner } => Of(inner),
        AuthenticationException when error.Message.Contains("NotTimeValid", StringComparison.Ordinal) => "Its certificate has expired, or is not valid yet.",
        AuthenticationException => $"Its certificate is not trusted: {error.Message}",
        _ => AddressCredentials.HideIn(error.Message),
    };
}
