using AksInsights.Kql.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Api;

/// <summary>The parameters of one request, read as its route declares them. Lives for one request; the first mistake is kept.</summary>
internal sealed class RequestQuery
{
    private readonly IQueryCollection _query;
    private readonly TakenParameters _taken;

    private RequestQuery(IQueryCollection query, TakenParameters taken)
    {
        _query = query;
        _taken = taken;
        var names = taken.All.Select(parameter => parameter.Name).ToList();
        if (query.Keys.FirstOrDefault(key => !names.Contains(key)) is not { } unknown) return;
        var known = names.Count == 0 ? "This path takes none." : NearestNames.Sentence(unknown, names) ?? $"There are {string.Join(", ", names.Select(name => $"`{name}`"))}.";
        Mistake = $"`{unknown}` is no parameter of this path. {known}";
    }

    /// <summary>What is wrong, as full sentences; null when nothing is.</summary>
    public string? Mistake { get; private set; }

    /// <summary>Begins to read a request.</summary>
    public static RequestQuery Of(HttpContext context) =>
        new(context.Request.Query, context.GetEndpoint()?.Metadata.GetMetadata<TakenParameters>() ?? new TakenParameters([]));

    /// <summary>The value of a parameter; null when it was not given, is empty, or is a mistake.</summary>
    public T? Get<T>(ApiParameter<T> parameter)
    {
        if (!_taken.All.Contains(parameter)) throw new InvalidOperationException($"The route reads `{parameter.Name}` and does not declare it.");
        // An empty one is what a dashboard sends for a variable that stands on "all".
        if (_query[parameter.Name] is not [{ Length: > 0 } text, ..]) return default;
        var value = parameter.Read(text);
        if (value is null) Wrong($"`{parameter.Name}` is `{text}`. {parameter.Expected}");
        return value;
    }

    /// <summary>Says what is wrong, unless something was before.</summary>
    public void Wrong(string mistake) => Mistake ??= mistake;

    /// <summary>Says that the place to go on at is none.</summary>
    public void WrongPlace() => Wrong("`after` is no place in this list; give what `next` of the page before said.");
}
