using AksInsights.Core.Dashboards.Panels;

namespace AksInsights.Core.Dashboards;

/// <summary>Places panels from left to right and then below, and numbers them from 1.</summary>
internal sealed class GridFlow
{
    /// <summary>The columns of Grafana's grid.</summary>
    public const int Columns = 24;

    private int _lastId;
    private int _x;
    private int _y;
    private int _lineHeight;

    /// <summary>Takes the next place for a panel; one that does not fit beside the others begins a new line below the tallest of them.</summary>
    /// <exception cref="InvalidOperationException">The panel is wider than the grid, or has no size.</exception>
    public GridPlace Place(Panel panel)
    {
        if (panel.Width is < 1 or > Columns || panel.Height < 1) throw new InvalidOperationException($"The panel `{panel.Title}` is {panel.Width} wide and {panel.Height} high.");
        if (_x + panel.Width > Columns) NewLine();
        var place = new GridPlace(++_lastId, _x, _y, panel.Width, panel.Height);
        _x += panel.Width;
        _lineHeight = Math.Max(_lineHeight, panel.Height);
        return place;
    }

    /// <summary>Takes a line of its own for a heading.</summary>
    public GridPlace PlaceHeading()
    {
        NewLine();
        var place = new GridPlace(++_lastId, 0, _y, Columns, 1);
        _y++;
        return place;
    }

    private void NewLine()
    {
        _y += _lineHeight;
        (_x, _lineHeight) = (0, 0);
    }
}

/// <summary>Where a panel stands.</summary>
/// <param name="Id">Its number, unique in the dashboard.</param>
/// <param name="X">Columns from the left.</param>
/// <param name="Y">Rows from the top.</param>
/// <param name="Width">Its width in columns.</param>
/// <param name="Height">Its height in rows.</param>
internal readonly record struct GridPlace(int Id, int X, int Y, int Width, int Height);
