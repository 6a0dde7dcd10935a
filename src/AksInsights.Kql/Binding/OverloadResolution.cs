using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>Finds the signature that fits a call, and says why none does.</summary>
internal static class OverloadResolution
{
    /// <summary>A signature with its parameters spread over the arguments.</summary>
    public sealed record Match(Signature Signature, IReadOnlyList<Parameter> Parameters, KqlType CommonType);

    /// <summary>The first signature whose count and types fit; else null and the best explanation.</summary>
    public static Match? Find(FunctionEntry entry, IReadOnlyList<BoundScalar> arguments, out Mismatch? mismatch)
    {
        mismatch = null;
        foreach (var signature in entry.Signatures)
        {
            if (Spread(signature, arguments.Count) is not { } parameters) continue;
            var wrong = FirstWrong(parameters, arguments);
            if (wrong < 0 && TryCommonType(parameters, arguments, out var common, out wrong)) return new Match(signature, parameters, common);
            mismatch ??= new Mismatch(wrong, parameters[wrong]);
        }

        return null;
    }

    /// <summary>The parameter that an argument does not fit.</summary>
    public sealed record Mismatch(int Argument, Parameter Parameter);

    /// <summary>How many arguments the function takes, in words.</summary>
    public static string CountText(FunctionEntry entry)
    {
        var ranges = entry.Signatures.Select(Counts).ToArray();
        var least = ranges.Min(r => r.Least);
        var most = ranges.Max(r => r.Most);
        return most == int.MaxValue ? $"at least {Plural(least)}" : least == most ? Plural(least) : $"{least} to {Plural(most)}";
    }

    private static string Plural(int count) => count == 1 ? "1 argument" : $"{count} arguments";

    private static (int Least, int Most) Counts(Signature signature) =>
        (signature.Parameters.Count(p => !p.IsOptional), signature.Repeats ? int.MaxValue : signature.Parameters.Count);

    /// <summary>The parameter of each argument; null when the number does not fit.</summary>
    private static Parameter[]? Spread(Signature signature, int count)
    {
        var parameters = signature.Parameters;
        var (least, most) = Counts(signature);
        if (count < least || count > most) return null;
        if (count <= parameters.Count && (!signature.Repeats || signature.AfterRepeat == 0)) return parameters.Take(count).ToArray();
        var before = parameters.Count - signature.RepeatCount - signature.AfterRepeat;
        var repeated = count - before - signature.AfterRepeat;
        if (repeated < 0 || repeated % signature.RepeatCount != 0) return null;
        var result = new Parameter[count];
        for (var i = 0; i < count; i++)
        {
            var place = i < before ? i
                : i < count - signature.AfterRepeat ? before + ((i - before) % signature.RepeatCount)
                : parameters.Count - (count - i);
            result[i] = parameters[place];
        }

        return result;
    }

    private static int FirstWrong(IReadOnlyList<Parameter> parameters, IReadOnlyList<BoundScalar> arguments)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            if (!parameters[i].Accepts.Holds(arguments[i].Type)) return i;
            if (parameters[i].IsConstant && !arguments[i].IsRowIndependent()) return i;
        }

        return -1;
    }

    private static bool TryCommonType(IReadOnlyList<Parameter> parameters, IReadOnlyList<BoundScalar> arguments, out KqlType common, out int wrong)
    {
        common = KqlType.Error;
        wrong = -1;
        for (var i = 0; i < parameters.Count; i++)
        {
            if (!parameters[i].IsCommon) continue;
            var next = Common(common, arguments[i]);
            if (next is null && parameters[i].MayMix)
            {
                common = KqlType.Dynamic;
                return true;
            }

            if (next is null)
            {
                wrong = i;
                return false;
            }

            common = next.Value;
        }

        return true;
    }

    private static KqlType? Common(KqlType common, BoundScalar argument)
    {
        var type = argument.Type;
        if (common == KqlType.Error || common == type) return type;
        if (type == KqlType.Error) return common;
        if (common.IsNumeric() && type.IsNumeric())
        {
            if (common == KqlType.Decimal || type == KqlType.Decimal) return KqlType.Decimal;
            return common == KqlType.Real || type == KqlType.Real ? KqlType.Real : KqlType.Long;
        }

        // A dynamic is read as what the others are.
        return common == KqlType.Dynamic ? type : type == KqlType.Dynamic ? common : null;
    }
}
