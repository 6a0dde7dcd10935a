using System.Globalization;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Web.Findings;

/// <summary>What people say about a finding through the forms of its page.</summary>
internal static class FindingForms
{
    private const int MostCharacters = 500;
    private const int MostDays = 365;

    /// <summary>Takes a form; afterwards the browser asks for the page anew, so that reloading it says nothing twice.</summary>
    public static async Task<IResult> SayAsync(string id, string what, SqlFindingStore store, WebPages pages, TimeProvider time, HttpContext context)
    {
        var page = $"/findings/{id}";
        if (!FindingId.IsValid(id)) return await pages.NotFoundAsync(context, $"There is no finding {id}.").ConfigureAwait(false);
        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var who = context.User.Identity?.Name ?? Text(form, "name");
        if (who is null) return await pages.MistakeAsync(context, "Say who you are: whoever looks at the finding next will want to ask.", page).ConfigureAwait(false);
        if (Read(what, who, form, now, out var notice, out var mistake) is not { } workflow) return await pages.MistakeAsync(context, mistake!, page).ConfigureAwait(false);
        var step = await store.ChangeAsync(new FindingId(id), finding => WorkflowStep.Apply(finding, workflow, now, who), context.RequestAborted).ConfigureAwait(false);
        if (step?.Finding is null) return await pages.NotFoundAsync(context, $"There is no finding {id}.").ConfigureAwait(false);
        if (context.User.Identity?.Name is null) WebCookies.SetName(context, who);
        WebCookies.SetNotice(context, notice);
        return Results.Redirect(page);
    }

    private static Workflow? Read(string what, string who, IFormCollection form, DateTimeOffset now, out WebNotice notice, out string? mistake)
    {
        (notice, mistake) = (WebNotice.Acknowledged, null);
        var reason = Text(form, "reason");
        switch (what)
        {
            case "acknowledge":
                return new Workflow.Acknowledged(who, now, reason, null);
            case "reset":
                notice = WebNotice.TakenBack;
                return Workflow.New;
            case "suppress" or "false-positive" when reason is null:
                mistake = "Say why: whoever looks at the finding next will want to know.";
                return null;
            case "false-positive":
                notice = WebNotice.FalsePositive;
                return new Workflow.FalsePositive(who, now, reason);
            case "suppress":
                notice = WebNotice.Suppressed;
                if (Length(Text(form, "days")) is { } length) return new Workflow.Suppressed(who, now, reason, now + length);
                mistake = $"For how many days? A whole number from 1 to {MostDays}.";
                return null;
            default:
                mistake = $"“{what}” cannot be said about a finding.";
                return null;
        }
    }

    private static TimeSpan? Length(string? days)
    {
        if (days is null) return Workflow.Suppressed.UsualLength;
        return int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostDays ? TimeSpan.FromDays(number) : null;
    }

    private static string? Text(IFormCollection form, string name) =>
        form[name].ToString().Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, MostCharacters)] : null;
}
