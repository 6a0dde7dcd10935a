using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace AksInsights.IntegrationTests.Web;

/// <summary>A page in the browser, and everything the browser complained of while it was open: errors, what the policy refused, requests that failed.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    public BrowserPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, said) =>
        {
            // A page that is not there, or asks to sign in, is told of as an error; the tests look at the status themselves.
            if (said.Type is "error" or "warning" && !said.Text.StartsWith("Failed to load resource: the server responded with a status of 40", StringComparison.Ordinal)) _complaints.Enqueue(said.Text);
        };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.RequestFailed += (_, request) => _complaints.Enqueue($"{request.Url}: {request.Failure}");
    }

    public IPage Page { get; }

    /// <summary>What the browser complained of.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Goes to an address of the service.</summary>
    public async Task<int> GoAsync(string address) => (await Page.GotoAsync(address))!.Status;

    /// <summary>Follows a link or sends a form by a button, and waits for the next page.</summary>
    public Task ClickAsync(AriaRole role, string name) => ClickAsync(Page.GetByRole(role, new PageGetByRoleOptions { Name = name, Exact = true }).First);

    /// <summary>Follows a link or sends a form by a button, and waits for the next page.</summary>
    public Task ClickAsync(ILocator what) => LeaveAsync(() => what.ClickAsync());

    /// <summary>Does what leads to another page, and waits for that.</summary>
    public async Task LeaveAsync(Func<Task> act)
    {
        // Not at once the next page's content is there: first the browser has left this one.
        var left = new TaskCompletionSource();
        void Left(object? sender, IFrame frame) => left.TrySetResult();
        Page.FrameNavigated += Left;
        await act();
        await left.Task.WaitAsync(TimeSpan.FromMinutes(2));
        Page.FrameNavigated -= Left;
        await Page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
    }

    /// <summary>The main heading.</summary>
    public Task<string> HeadingAsync() => Page.Locator("h1").InnerTextAsync();

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
