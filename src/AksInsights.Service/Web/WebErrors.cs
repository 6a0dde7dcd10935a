using AksInsights.Core.Findings;
using AksInsights.Service.Api;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Web;

/// <summary>Tells people of what goes wrong on a page of its own: addresses that lead nowhere, a store that cannot work. Programs get problems as before.</summary>
internal sealed class WebErrors(WebPages pages)
{
    /// <summary>Passes a request on, and answers it where nobody did.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!KeyGuard.IsForPeople(context.Request))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (StoreException trouble) when (!context.Response.HasStarted)
        {
            var said = new MessageModel("The store cannot work", trouble.Message, context.Request.Path, "Try again");
            var page = await pages.ShowAsync<MessagePage, MessageModel>(context, said.Heading, "", said, StatusCodes.Status503ServiceUnavailable).ConfigureAwait(false);
            await page.ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        if (context.Response is not { HasStarted: false, StatusCode: StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed, ContentLength: null, ContentType: null }) return;
        var nothing = await pages.NotFoundAsync(context, $"Nothing is at {context.Request.Path}.").ConfigureAwait(false);
        await nothing.ExecuteAsync(context).ConfigureAwait(false);
    }
}
