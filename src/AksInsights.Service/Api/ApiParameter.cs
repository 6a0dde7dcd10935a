using System.Text.Json.Nodes;

namespace AksInsights.Service.Api;

/// <summary>A parameter in the address of a request. The reader of requests and the document about the API are made from the same one. Immutable.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it means, in a sentence.</param>
/// <param name="Schema">What it allows, as a JSON schema.</param>
internal abstract record ApiParameter(string Name, string Description, JsonObject Schema);

/// <summary>A parameter with the values it is read as.</summary>
/// <typeparam name="T">The values; null stands for a parameter that was not given.</typeparam>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it means, in a sentence.</param>
/// <param name="Schema">What it allows, as a JSON schema.</param>
/// <param name="Expected">What is allowed, as the end of a sentence that begins with the wrong value.</param>
/// <param name="Read">Reads a text; null when it is not allowed.</param>
internal sealed record ApiParameter<T>(string Name, string Description, JsonObject Schema, string Expected, Func<string, T?> Read) : ApiParameter(Name, Description, Schema);

/// <summary>The parameters that a path takes, as metadata of its route.</summary>
/// <param name="All">The parameters, in the order of the document.</param>
internal sealed record TakenParameters(IReadOnlyList<ApiParameter> All);
