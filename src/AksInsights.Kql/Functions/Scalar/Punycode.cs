using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Punycode: Unicode text in ASCII letters, digits and hyphens. Source: RFC 3492, with the parameters of its section 5.</summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int MinThreshold = 1;
    private const int MaxThreshold = 26;
    private const int Skew = 38;
    private const int Damp = 700;
    private const int InitialBias = 72;
    private const int FirstNonAscii = 128;

    /// <summary>Encodes a text. False for a text too long for the format's numbers, or with half a surrogate pair.</summary>
    public static bool TryEncode(string text, [NotNullWhen(true)] out string? encoded)
    {
        encoded = null;
        Rune[] runes = [.. text.EnumerateRunes()];
        var result = new StringBuilder();
        foreach (var rune in runes)
        {
            if (rune.IsAscii) result.Append((char)rune.Value);
        }

        var (handled, basic) = (result.Length, result.Length);
        if (basic > 0) result.Append('-');
        var (code, delta, bias) = (FirstNonAscii, 0L, InitialBias);
        while (handled < runes.Length)
        {
            var next = runes.Where(r => r.Value >= code).Min(r => r.Value);
            delta += (long)(next - code) * (handled + 1);
            if (delta > int.MaxValue) return false;
            code = next;
            foreach (var rune in runes)
            {
                if (rune.Value < code) delta++;
                if (rune.Value != code) continue;
                AppendNumber(result, (int)delta, bias);
                bias = Adapt((int)delta, handled + 1, handled == basic);
                delta = 0;
                handled++;
            }

            delta++;
            code++;
        }

        encoded = result.ToString();
        return true;
    }

    /// <summary>Decodes a text. False where it is not Punycode.</summary>
    public static bool TryDecode(string text, [NotNullWhen(true)] out string? decoded)
    {
        decoded = null;
        if (!Ascii.IsValid(text)) return false;
        var hyphen = text.LastIndexOf('-');
        var runes = text.Take(Math.Max(hyphen, 0)).Select(c => new Rune(c)).ToList();
        var position = hyphen + 1;
        var (code, index, bias) = (FirstNonAscii, 0L, InitialBias);
        while (position < text.Length)
        {
            var before = index;
            if (!TryReadNumber(text, ref position, bias, ref index)) return false;
            var count = runes.Count + 1;
            bias = Adapt((int)(index - before), count, before == 0);
            var value = code + (index / count);
            index %= count;
            if (value > int.MaxValue || !Rune.IsValid((int)value)) return false;
            code = (int)value;
            runes.Insert((int)index++, new Rune(code));
        }

        decoded = string.Concat(runes.Select(r => r.ToString()));
        return true;
    }

    private static int Threshold(int position, int bias) => Math.Clamp(position - bias, MinThreshold, MaxThreshold);

    private static void AppendNumber(StringBuilder result, int number, int bias)
    {
        for (var position = Base; ; position += Base)
        {
            var threshold = Threshold(position, bias);
            if (number < threshold) break;
            result.Append(Digit(threshold + ((number - threshold) % (Base - threshold))));
            number = (number - threshold) / (Base - threshold);
        }

        result.Append(Digit(number));
    }

    private static bool TryReadNumber(string text, ref int position, int bias, ref long index)
    {
        var weight = 1L;
        for (var place = Base; position < text.Length; place += Base)
        {
            var digit = Value(text[position++]);
            if (digit < 0) return false;
            index += digit * weight;
            var threshold = Threshold(place, bias);
            if (index > int.MaxValue) return false;
            if (digit < threshold) return true;
            weight *= Base - threshold;
            if (weight > int.MaxValue) return false;
        }

        return false;
    }

    private static int Adapt(int delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / Damp : delta / 2;
        delta += delta / count;
        var bias = 0;
        for (; delta > (Base - MinThreshold) * MaxThreshold / 2; bias += Base) delta /= Base - MinThreshold;
        return bias + ((Base - MinThreshold + 1) * delta / (delta + Skew));
    }

    private static char Digit(int value) => (char)(value < 26 ? 'a' + value : '0' + value - 26);

    private static int Value(char digit) => digit switch
    {
        >= 'a' and <= 'z' => digit - 'a',
        >= 'A' and <= 'Z' => digit - 'A',
        >= '0' and <= '9' => digit - '0' + 26,
        _ => -1,
    };
}
