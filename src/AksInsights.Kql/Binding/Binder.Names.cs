using AksInsights.Kql.Functions;
using AksInsights.Kql.Syntax;

namespace AksInsights.Kql.Binding;

/// <summary>This part: the names of columns that the query does not name. Source: what Microsoft's analyser gives.</summary>
internal sealed partial class Binder
{
    /// <summary>The name an expression gives its column; null when it has none of its own (<c>Column1</c>, <c>print_0</c>).</summary>
    private string? ImplicitName(ExpressionSyntax expression) => expression switch
    {
        NameExpression name => name.Name.Text,
        ParenthesizedSyntax inner => ImplicitName(inner.Inner),
        PathSyntax path => Join(ImplicitName(path.Target), path.Member.Text),
        ElementSyntax { Index: LiteralSyntax { Value: string key } } element => Join(ImplicitName(element.Target), key),
        ElementSyntax { Index: LiteralSyntax { Value: long index } } element => Join(ImplicitName(element.Target), index.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        // What is read by a computed key has no name but its target's.
        ElementSyntax element => Join(ImplicitName(element.Target), ""),
        CallSyntax call => CallName(call, ImplicitName),
        _ => null,
    };

    private static string? Join(string? target, string member) => target is null ? null : $"{target}_{member}";

    private string? CallName(CallSyntax call, Func<ExpressionSyntax, string?> nameOf)
    {
        if (call.Arguments.Count == 0) return call.Name.Text == "ingestion_time" ? "$IngestionTime" : null;
        var argument = call.Arguments[0].Value;
        if (KeepsArgumentName(call)) return ImplicitName(argument);
        if (FunctionCatalog.TryFind(call.Name.Text, out var entry) && entry is { Kind: FunctionKind.Scalar, Naming: { } naming }) return naming(nameOf(argument), []);
        return call.Name.Text is "column_ifexists" or "columnifexists" && argument is LiteralSyntax { Value: string column } ? column : null;
    }

    /// <summary>Functions whose result stands for their argument under another type or rounding.</summary>
    private static bool KeepsArgumentName(CallSyntax call) => call.Arguments.Count > 0 && call.Name.Text switch
    {
        "bin_auto" => true,
        // Of one argument they convert it.
        "make_datetime" or "make_timespan" => call.Arguments.Count == 1,
        var function => FunctionCatalog.TryFind(function, out var entry) && entry.KeepsName,
    };

    /// <summary>A name that is not taken yet: the wanted one, or with the first number that makes it free.</summary>
    private static string Unique(string wanted, IReadOnlySet<string> taken)
    {
        if (!taken.Contains(wanted)) return wanted;
        var number = 1;
        while (taken.Contains(wanted + number)) number++;
        return wanted + number;
    }

    /// <summary>Gives out <c>Column1</c>, <c>Column2</c>, ... for what has no name.</summary>
    private sealed class ColumnNames
    {
        private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
        private readonly HashSet<string> _written = new(StringComparer.Ordinal);
        private int _unnamed;

        public string Reserve(string? wanted)
        {
            var name = Unique(wanted ?? $"Column{++_unnamed}", _taken);
            _taken.Add(name);
            return name;
        }

        /// <summary>Takes a name that the query writes, with a number if a name nobody wrote has it; false if it is written twice.</summary>
        public bool TryWrite(string written, out string name)
        {
            name = Reserve(written);
            return _written.Add(written);
        }
    }
}
