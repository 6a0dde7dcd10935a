using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Execution.Transforms;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: parse, parse-where and parse-kv.</summary>
internal sealed partial class Binder
{
    private BoundTransform BindParse(BoundTabular input, ParseOperator syntax)
    {
        var source = Convert(BindScalar(syntax.Source, new RowContext(input.Output)), KqlType.String);
        var mode = ParseMode.Simple;
        var flags = "";
        foreach (var parameter in syntax.Parameters)
        {
            var value = TextOf(parameter.Value);
            if (parameter.Name.Text == "flags") flags = value;
            else if (parameter.Name.Text != "kind") _bag.UnknownParameter(parameter.Name.Span, "parse", parameter.Name.Text, ["kind", "flags"]);
            else if (value is "simple" or "regex" or "relaxed") mode = value == "regex" ? ParseMode.Regex : value == "relaxed" ? ParseMode.Relaxed : ParseMode.Simple;
            else _bag.ParameterValue(parameter.Value.Span, "kind", "simple, regex, relaxed");
        }

        var output = input.Output.ToList();
        var parts = new List<ParsePart>();
        foreach (var piece in syntax.Pattern)
        {
            var column = piece.Column is null ? null : new ColumnVariable(piece.Column.Name.Text, Solid(piece.Column.Type));
            if (column is not null) Replace(output, column);
            parts.Add(new ParsePart(piece.Text?.Value as string, column));
        }

        return new BoundTransform(input, syntax.Where ? "parse-where" : "parse", [source], new ParseTransform(parts, mode, flags, syntax.Where), output);
    }

    private BoundTransform BindParseKv(BoundTabular input, ParseKvOperator syntax)
    {
        var source = Convert(BindScalar(syntax.Source, new RowContext(input.Output)), KqlType.String);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var option in syntax.Options)
        {
            if (option.Name.Text is "pair_delimiter" or "kv_delimiter" or "quote" or "escape" or "greedy" or "regex")
                known[option.Name.Text] = TextOf(option.Value);
            else
                _bag.UnknownParameter(option.Name.Span, "parse-kv", option.Name.Text, ["pair_delimiter", "kv_delimiter", "quote", "escape", "greedy", "regex"]);
        }

        var output = input.Output.ToList();
        var columns = new List<ColumnVariable>();
        foreach (var declared in syntax.Columns)
        {
            var column = new ColumnVariable(declared.Name.Text, Solid(declared.Type));
            columns.Add(column);
            Replace(output, column);
        }

        var options = new KvOptions(
            known.GetValueOrDefault("pair_delimiter", ""), known.GetValueOrDefault("kv_delimiter", ""), known.GetValueOrDefault("quote", ""),
            known.GetValueOrDefault("escape", ""), string.Equals(known.GetValueOrDefault("greedy"), "true", StringComparison.OrdinalIgnoreCase),
            known.GetValueOrDefault("regex"));
        return new BoundTransform(input, "parse-kv", [source], new ParseKvTransform(columns, options), output);
    }
}
