using Microsoft.AspNetCore.Components;

namespace AksInsights.Service.Web;

/// <summary>A page: a function from what was read to HTML. It reads nothing itself, so that it can be shown with anything.</summary>
/// <typeparam name="T">What was read.</typeparam>
public abstract class PageOf<T> : ComponentBase
{
    /// <summary>What was read.</summary>
    [Parameter]
    [EditorRequired]
    public T Model { get; set; } = default!;

    /// <summary>What every page knows.</summary>
    [Parameter]
    [EditorRequired]
    public PageFrame Frame { get; set; } = default!;
}
