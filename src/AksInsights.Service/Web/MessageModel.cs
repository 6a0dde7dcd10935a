namespace AksInsights.Service.Web;

/// <summary>A page that says one thing.</summary>
/// <param name="Heading">What, in a few words.</param>
/// <param name="Text">In a sentence or two.</param>
/// <param name="Link">Where to go from there.</param>
/// <param name="LinkText">What that place is called.</param>
public sealed record MessageModel(string Heading, string Text, string Link, string LinkText);

/// <summary>The page on which people sign in.</summary>
/// <param name="Return">Where they wanted to go: a path of this service.</param>
/// <param name="Refused">Whether a key was given that is nobody's.</param>
/// <param name="HasKeys">Whether there are keys at all; else only programs are let in, by tokens.</param>
public sealed record SignInModel(string Return, bool Refused, bool HasKeys);
