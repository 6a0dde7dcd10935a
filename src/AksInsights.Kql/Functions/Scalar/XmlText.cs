using System.Text;
using System.Xml;
using System.Xml.Linq;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>XML as dynamic values, by the table on the page <c>parse-xml-function</c>.</summary>
internal static class XmlText
{
    // The page's limit.
    private const int MaxBytes = 1 << 20;

    // Elements nest by calls of a method; a hostile text must not overflow the stack.
    private const int MaxDepth = 256;

    /// <summary>Reads a document; null where it is not well-formed, or longer than 1 MB. Only elements, attributes and text are kept.</summary>
    public static Maybe<object> Parse(string text)
    {
        if (text.Length > MaxBytes || Encoding.UTF8.GetByteCount(text) > MaxBytes) return Maybe<object>.Null;
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(new StringReader(text), settings);
            if (XDocument.Load(reader).Root is not { } root) return Maybe<object>.Null;
            return new DynamicBag { [Name(root)] = Value(root, 0) };
        }
        catch (XmlException)
        {
            return Maybe<object>.Null;
        }
    }

    private static object? Value(XElement element, int depth)
    {
        if (depth > MaxDepth) return null;
        var text = element.Nodes().OfType<XText>().Select(node => node.Value.Trim()).Where(value => value.Length > 0).ToArray();
        if (!element.HasAttributes && !element.HasElements) return text.Length == 0 ? null : string.Concat(text);
        var bag = new DynamicBag();
        foreach (var attribute in element.Attributes()) bag["@" + Name(attribute)] = attribute.Value;
        if (text.Length > 0) bag["#text"] = text.Length == 1 ? text[0] : new DynamicArray(text);
        foreach (var group in element.Elements().GroupBy(Name))
        {
            object?[] values = [.. group.Select(child => Value(child, depth + 1))];
            bag[group.Key] = values.Length == 1 ? values[0] : new DynamicArray(values);
        }

        return bag;
    }

    private static string Name(XElement element)
    {
        var prefix = element.GetPrefixOfNamespace(element.Name.Namespace);
        return string.IsNullOrEmpty(prefix) ? element.Name.LocalName : $"{prefix}:{element.Name.LocalName}";
    }

    private static string Name(XAttribute attribute)
    {
        if (attribute.IsNamespaceDeclaration) return attribute.Name.LocalName == "xmlns" ? "xmlns" : $"xmlns:{attribute.Name.LocalName}";
        var prefix = attribute.Parent?.GetPrefixOfNamespace(attribute.Name.Namespace);
        return string.IsNullOrEmpty(prefix) ? attribute.Name.LocalName : $"{prefix}:{attribute.Name.LocalName}";
    }
}
