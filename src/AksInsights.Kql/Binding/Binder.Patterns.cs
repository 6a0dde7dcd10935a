using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: patterns, which give a table for texts. Source: learn.microsoft.com/kusto/query/pattern-statement.</summary>
internal sealed partial class Binder
{
    private void BindPatternDeclaration(PatternStatement syntax)
    {
        foreach (var parameter in syntax.Path is null ? syntax.Parameters : [.. syntax.Parameters, syntax.Path])
        {
            if (parameter.Type != KqlType.String) _bag.ArgumentType(parameter.Span, "declare pattern", parameter.Name.Text, "the type `string`", parameter.Type);
        }

        Declare(syntax.Name, new PatternBinding(syntax, _scope));
    }

    private PatternBinding? PatternOf(ExpressionSyntax expression) => expression switch
    {
        CallSyntax { Target: null } call => _scope.Find(call.Name.Text) as PatternBinding,
        PathSyntax { Target: CallSyntax { Target: null } call } => _scope.Find(call.Name.Text) as PatternBinding,
        _ => null,
    };

    /// <summary>The table of the case whose texts are those of the call, and of the path behind it.</summary>
    private BoundTabular BindPattern(PatternBinding pattern, ExpressionSyntax expression)
    {
        var call = expression as CallSyntax ?? (CallSyntax)((PathSyntax)expression).Target;
        var path = (expression as PathSyntax)?.Member.Text;
        var texts = call.Arguments.Select(a => ConstantOf(a.Value, call.Name.Text, "argument", KqlType.String) as string).ToArray();
        if (texts.Contains(null)) return new BoundRows(0, [], []);
        var found = pattern.Syntax.Cases.FirstOrDefault(c => c.Path?.Text == path && c.Arguments.Select(TextOf).SequenceEqual(texts));
        if (found is not null) return CallUserTable(new FunctionBinding(found.Body, pattern.Scope), call with { Arguments = [] });
        var reference = $"{call.Name.Text}({string.Join(", ", texts.Select(t => StringText.Quote(t!)))}){(path is null ? "" : $".[{StringText.Quote(path)}]")}";
        _bag.CallFailed(expression.Span, $"The pattern has no case `{reference}`.");
        return new BoundRows(0, [], []);
    }
}

/// <summary>A pattern with the scope it was written in.</summary>
internal sealed record PatternBinding(PatternStatement Syntax, Scope Scope);
