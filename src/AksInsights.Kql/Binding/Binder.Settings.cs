using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Syntax;

namespace AksInsights.Kql.Binding;

/// <summary>This part: what <c>set</c> says. Most of it changes how the service runs a query, not what it gives, and is passed over.</summary>
internal sealed partial class Binder
{
    private readonly Dictionary<string, ExpressionSyntax> _settings = new(StringComparer.Ordinal);

    /// <summary><c>bin_auto(x)</c> is <c>bin_at</c> with the size and fixed point that were set. Source: bin-auto-function.</summary>
    private BoundScalar BinAuto(CallSyntax call, RowContext rows)
    {
        if (call.Arguments.Count != 1)
        {
            _bag.ArgumentCount(call.Span, call.Name.Text, "1 argument", call.Arguments.Count);
            return Broken;
        }

        if (!_settings.TryGetValue("query_bin_auto_size", out var size))
        {
            _bag.NotSupported(call.Span, "`bin_auto` without a `set query_bin_auto_size` before it");
            return Broken;
        }

        var arguments = new List<BoundScalar> { BindScalar(call.Arguments[0].Value, rows), BindScalar(size, RowContext.None) };
        if (_settings.TryGetValue("query_bin_auto_at", out var point)) arguments.Add(BindScalar(point, RowContext.None));
        var name = arguments.Count == 3 ? "bin_at" : "bin";
        if (!FunctionCatalog.TryFind(name, out var entry)) throw new InvalidOperationException($"The catalogue has no {name}.");
        return Resolve(entry, arguments, call.Span);
    }
}
