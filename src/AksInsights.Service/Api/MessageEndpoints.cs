using System.Globalization;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Service.Api.Answers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Api;

/// <summary>Messages over HTTP, and the lists that other paths make of them.</summary>
internal static class MessageEndpoints
{
    /// <summary>In which state.</summary>
    public static readonly ApiParameter<MessageState?> State = ApiParameters.One<MessageState>("state", "In this state.");

    /// <summary>By which channel.</summary>
    public static readonly ApiParameter<string> Channel = ApiParameters.Text("channel", "By this channel of the configuration.");

    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/messages", (SqlFindingStore store, HttpContext context) => PageAsync(null, message => new MessageAnswer(message), store, context))
        .WithTags("Messages").Tells("listMessages", "What was told or is to be told, newest first").Takes(State, Channel, ApiParameters.Limit, ApiParameters.After).AnswersPages<MessageAnswer>();

    /// <summary>A page of messages of a kind, or of all kinds.</summary>
    public static async Task<IResult> PageAsync<T>(string? kind, Func<MessageRecord, T> answer, SqlFindingStore store, HttpContext context)
    {
        var query = RequestQuery.Of(context);
        var limit = query.Get(ApiParameters.Limit) ?? ApiParameters.UsualItems;
        var filter = new MessageFilter(query.Get(Channel), kind, query.Get(State), limit, Place(query));
        if (query.Mistake is { } mistake) return ApiResults.BadRequest(mistake);
        var found = await store.Outbox.ListAsync(filter, context.RequestAborted).ConfigureAwait(false);
        return ApiResults.Page(context, found.Select(answer), found.Count == limit ? found[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static long? Place(RequestQuery query)
    {
        if (query.Get(ApiParameters.After) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place)) return place;
        query.WrongPlace();
        return null;
    }
}
