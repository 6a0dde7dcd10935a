using AksInsights.Core.Queries.Yaml;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Queries;

/// <summary>Joins what the <c>.kql</c> declares with what the <c>.yaml</c> says about it.</summary>
internal static class HeaderChecks
{
    /// <summary>The header with texts and bounds; what does not fit is reported in the <c>.yaml</c>.</summary>
    public static QueryHeader Complete(QueryHeader header, QueryMetadata metadata, YamlMap yaml, FileReport report)
    {
        if (metadata.Schedule.Lookback != header.Lookback)
            report.LookbackDiffers(PlaceOf(yaml, "schedule", "lookback"), metadata.Schedule.Lookback, header.Lookback);
        var names = header.Parameters.Select(p => p.Name).ToList();
        foreach (var name in metadata.Parameters.Keys.Where(n => !names.Contains(n)))
            report.UnknownParameter(KeyPlace(yaml, "parameters", name), name, names);
        foreach (var (column, measure) in metadata.Measures.Where(m => m.Value.Threshold is { } t && !names.Contains(t)))
            report.UnknownParameter(PlaceOf(yaml, "measures", column, "threshold"), measure.Threshold!, names);
        return header with { Parameters = [.. header.Parameters.Select(p => Complete(p, metadata, yaml, report))] };
    }

    private static QueryParameter Complete(QueryParameter parameter, QueryMetadata metadata, YamlMap yaml, FileReport report)
    {
        if (!metadata.Parameters.TryGetValue(parameter.Name, out var note)) return parameter;
        var complete = parameter with
        {
            Describe = note.Describe,
            Min = Bound(parameter, note.Min, "min", yaml, report),
            Max = Bound(parameter, note.Max, "max", yaml, report),
        };
        if (!complete.TryRead(ParameterText.Format(parameter.Type, parameter.Default), out _, out var mistake))
            report.RefusedValue(KeyPlace(yaml, "parameters", parameter.Name), $"The default of the `.kql` breaks the bounds here: {mistake}");
        return complete;
    }

    private static object? Bound(QueryParameter parameter, string? text, string key, YamlMap yaml, FileReport report)
    {
        if (text is null) return null;
        var ordered = parameter.Type is not (KqlType.String or KqlType.Dynamic or KqlType.Bool);
        if (ordered && ValueText.TryRead(text, parameter.Type, null, out var bound)) return bound;
        report.BoundOfAnotherType(PlaceOf(yaml, "parameters", parameter.Name, key), text, parameter.Name, parameter.Type.Name());
        return null;
    }

    /// <summary>The place of a value deep in a mapping: of the deepest part of its path that is there.</summary>
    public static TextSpan PlaceOf(YamlMap map, params ReadOnlySpan<string> path)
    {
        YamlNode node = map;
        foreach (var key in path)
        {
            if ((node as YamlMap)?.Find(key) is not { } next) break;
            node = next;
        }

        return node.Span;
    }

    private static TextSpan KeyPlace(YamlMap map, string section, string name) =>
        (map.Find(section) as YamlMap)?.Entries.FirstOrDefault(e => e.Key.Text == name)?.Key.Span ?? map.Span;
}
