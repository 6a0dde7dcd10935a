namespace AksInsights.Core.Dashboards.Shipping;

/// <summary>A file to be written.</summary>
/// <param name="Path">Its path below the folder of its flavour, with slashes.</param>
/// <param name="Text">Its text, with line feeds.</param>
public sealed record ShippedFile(string Path, string Text);
