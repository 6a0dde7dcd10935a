using AksInsights.Core.Queries;
using AksInsights.Kql.Diagnostics;

namespace AksInsights.Service.Commands;

/// <summary>Reads <c>--set name=value</c>.</summary>
internal static class ParameterValues
{
    /// <summary>The values by name; null, after saying why, when one names no parameter or is of another type.</summary>
    public static IReadOnlyDictionary<string, object?>? Read(QueryHeader header, IReadOnlyList<string> settings, CommandIo io)
    {
        var values = new Dictionary<string, object?>();
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? setting : setting[..equals];
            if (equals < 0 || header.Find(name) is not { } parameter)
            {
                var names = header.Parameters.Select(p => p.Name).ToList();
                io.Refuse(ExitCode.Misuse, $"`{setting}` sets no parameter.", NearestNames.Sentence(name, names) ?? $"Write NAME=VALUE; the parameters are {string.Join(", ", names)}.");
                return null;
            }

            if (!parameter.TryRead(setting[(equals + 1)..], out var value, out var mistake))
            {
                io.Refuse(ExitCode.Misuse, mistake!);
                return null;
            }

            values[name] = value;
        }

        return values;
    }
}
