using AksInsights.Service.Api.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Api;

/// <summary>What routes say of themselves; the document about the API is made of it.</summary>
internal static class ApiRoutes
{
    /// <summary>Says what a path does: a name for clients that are generated, a line, and more about it.</summary>
    public static RouteHandlerBuilder Tells(this RouteHandlerBuilder route, string name, string summary, string? description = null)
    {
        route.WithName(name).WithSummary(summary);
        return description is null ? route : route.WithDescription(description);
    }

    /// <summary>Says which parameters a path takes; it refuses others.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, params ApiParameter[] parameters) =>
        route.WithMetadata(new TakenParameters(parameters)).ProducesProblem(StatusCodes.Status400BadRequest);

    /// <summary>Says what a path answers.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route) => route.Produces<T>().Produces(StatusCodes.Status304NotModified);

    /// <summary>Says that a path answers Markdown too when it is asked for it.</summary>
    public static RouteHandlerBuilder AnswersMarkdown(this RouteHandlerBuilder route) => route.WithMetadata(MarkdownToo.Instance);

    /// <summary>Says that a path answers pages of a list.</summary>
    public static RouteHandlerBuilder AnswersPages<T>(this RouteHandlerBuilder route) => route.Answers<Page<T>>();

    /// <summary>Says that what a path names need not be there.</summary>
    public static RouteHandlerBuilder MayLack(this RouteHandlerBuilder route) => route.ProducesProblem(StatusCodes.Status404NotFound);
}

/// <summary>The word of a route that it answers Markdown too.</summary>
internal sealed class MarkdownToo
{
    /// <summary>The one there is.</summary>
    public static readonly MarkdownToo Instance = new();
}
