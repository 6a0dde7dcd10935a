namespace AksInsights.Kql.Syntax;

internal sealed partial class Parser
{
    private ScanOperator ParseScan(int start)
    {
        var parameters = ParseParameters();
        List<OrderingSyntax> orderBy = [];
        List<ExpressionSyntax> partitionBy = [];
        List<FunctionParameter> declarations = [];
        // The clauses may come in any order.
        while (!AtWord("with") && AtScanClause())
        {
            var clause = Advance().Word;
            if (clause == "declare")
            {
                declarations.AddRange(ParseFunctionParameters());
                continue;
            }

            ExpectWord("by");
            if (clause == "order")
                orderBy.AddRange(ParseOrderings());
            else
                partitionBy.AddRange(ParseExpressions());
        }

        parameters.AddRange(ParseParameters());
        ExpectWord("with");
        var steps = ParseScanSteps();
        return new ScanOperator(SpanFrom(start), parameters, orderBy, partitionBy, declarations, steps);
    }

    private bool AtScanClause() => AtWord("order") || AtWord("partition") || AtWord("declare");

    private List<ScanStep> ParseScanSteps()
    {
        var steps = new List<ScanStep>();
        if (!At(TokenKind.OpenParen))
        {
            Error("`(` and the steps");
            return steps;
        }

        var open = Advance();
        while (AtWord("step"))
        {
            steps.Add(ParseScanStep());
            if (!Accept(TokenKind.Semicolon))
                break;
        }

        if (steps.Count == 0)
            Error("`step`");
        Close(TokenKind.CloseParen, open, "`;` or `)`");
        return steps;
    }

    private ScanStep ParseScanStep()
    {
        var start = Start;
        Advance();
        var name = ParseName();
        var isOptional = AcceptWord("optional");
        string? output = null;
        if (AcceptWord("output"))
        {
            Expect(TokenKind.Assign, "`=`");
            output = ParseName().Text;
        }

        Expect(TokenKind.Colon, "`:` and a condition");
        var condition = ParseCondition();
        var assignments = Accept(TokenKind.Arrow) ? ParseNamedExpressions() : [];
        return new ScanStep(SpanFrom(start), name, isOptional, output, condition, assignments);
    }
}
