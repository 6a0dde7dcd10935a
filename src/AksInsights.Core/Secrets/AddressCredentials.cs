using System.Text.RegularExpressions;

namespace AksInsights.Core.Secrets;

/// <summary>Names and passwords in addresses, such as that of a proxy in <c>HTTPS_PROXY</c>, which the platform repeats in its messages.</summary>
public static partial class AddressCredentials
{
    /// <summary>A text with <see cref="Secret.Mask"/> where an address in it has a name or a password.</summary>
    public static string HideIn(string said) => Written().Replace(said, "://***@");

    [GeneratedRegex("://[^/?#\\s\"<>]*@")]
    private static partial Regex Written();
}
