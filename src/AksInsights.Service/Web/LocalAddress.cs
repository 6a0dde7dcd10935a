namespace AksInsights.Service.Web;

/// <summary>Addresses that forms name as the ones to go back to.</summary>
internal static class LocalAddress
{
    /// <summary>A path of this service; the overview when the text is none, so that nobody is led to another site.</summary>
    public static string Of(string? path) => path is ['/', not ('/' or '\\'), ..] && !path.Any(char.IsControl) ? path : "/";
}
