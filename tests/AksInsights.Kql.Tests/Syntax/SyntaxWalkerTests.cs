using System.Collections;
using System.Reflection;
using AksInsights.Kql.Syntax;

namespace AksInsights.Kql.Tests.Syntax;

public class SyntaxWalkerTests
{
    [Fact]
    public void EveryChildOfEveryKindOfNodeIsVisited()
    {
        var kinds = new HashSet<Type>();
        foreach (var root in SampleQueries.All.Select(query => SyntaxTree.Parse(query).Root))
        {
            foreach (var node in SyntaxWalker.Descendants(root).Prepend(root))
            {
                kinds.Add(node.GetType());
                Assert.Equal(PropertiesThatAreNodes(node), SyntaxWalker.Children(node).ToHashSet(ReferenceEqualityComparer.Instance));
            }
        }

        var all = typeof(SyntaxNode).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(SyntaxNode)) && !t.IsAbstract);
        Assert.Equal([typeof(MissingExpression)], all.Except(kinds));
    }

    [Fact]
    public void DescendantsComeInTheOrderOfTheText()
    {
        foreach (var query in SampleQueries.All)
        {
            var starts = SyntaxWalker.Descendants(SyntaxTree.Parse(query).Root).Select(n => n.Span.Start).ToArray();
            Assert.Equal(starts.Order(), starts);
        }
    }

    private static HashSet<object?> PropertiesThatAreNodes(SyntaxNode node)
    {
        var nodes = new HashSet<object?>(ReferenceEqualityComparer.Instance);
        foreach (var property in node.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetValue(node) is SyntaxNode child)
                nodes.Add(child);
            else if (property.GetValue(node) is IEnumerable list and not string)
                nodes.UnionWith(list.OfType<SyntaxNode>());
        }

        return nodes;
    }
}
