using System.Text;

namespace AksInsights.Core.Dashboards.Shipping;

/// <summary>Names that stay the same from run to run, so that what is shipped again is found again.</summary>
public static class GrafanaNames
{
    private const int MostOfUid = 40;

    /// <summary>The uid of a folder: its title in lower-case letters, digits and hyphens.</summary>
    public static string FolderUid(string title)
    {
        var uid = new StringBuilder();
        foreach (var sign in title.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign)) uid.Append(sign);
            else if (uid.Length > 0 && uid[^1] != '-') uid.Append('-');
        }

        var text = uid.ToString().Trim('-');
        return text.Length <= MostOfUid ? text : text[..MostOfUid].TrimEnd('-');
    }

    /// <summary>The uid of the data source that provisioning makes for a flavour.</summary>
    public static string DataSourceUid(DashboardFlavour flavour) => $"aksinsights-{FlavourName(flavour)}";

    /// <summary>A flavour as a name of files and resources.</summary>
    public static string FlavourName(DashboardFlavour flavour) => flavour.ToString().ToLowerInvariant();

    /// <summary>The name of a dashboard's resource in Kubernetes.</summary>
    public static string ResourceName(DashboardFlavour flavour, DashboardFile dashboard) =>
        $"aksinsights-{FlavourName(flavour)}-{System.IO.Path.GetFileNameWithoutExtension(dashboard.FileName).ToLowerInvariant()}";
}
