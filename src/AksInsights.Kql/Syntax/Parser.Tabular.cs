using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;

namespace AksInsights.Kql.Syntax;

internal sealed partial class Parser
{
    /// <summary>Reads an expression that may be a pipe. The grammar alone cannot always tell a table from a scalar.</summary>
    /// <param name="follower">What may follow it, for messages.</param>
    private ExpressionSyntax ParsePipe(string follower)
    {
        if (!Enter())
            return Missing();
        var start = Start;
        var source = AtSourceOperator() ? ParseSourceOperator() : ParseExpression();
        var result = ParsePipeTail(start, source, follower);
        _nesting--;
        return result;
    }

    private ExpressionSyntax ParsePipeTail(int start, ExpressionSyntax source, string follower)
    {
        if (AtPipeEnd())
            return source;
        var operators = new List<OperatorSyntax>();
        while (true)
        {
            if (Accept(TokenKind.Bar))
            {
                if (ParseOperator() is { } @operator)
                    operators.Add(@operator);
            }
            else if (AtPipeEnd())
            {
                break;
            }
            else if (AtKnownOperator() && !AtStatementKeyword())
            {
                Error("`|`", $"Each operator starts with `|`: `| {PeekOperatorWord().Word} ...`.");
                if (ParseOperator() is { } @operator)
                    operators.Add(@operator);
            }
            else
            {
                ReportStray(operators.Count > 0 && HasList(operators[^1]) ? $"`,`, {follower}" : follower);
                if (AtStatementKeyword())
                    break;
                SkipBalanced();
            }
        }

        return operators.Count == 0 ? source : new PipeSyntax(SpanFrom(start), source, operators);
    }

    private void ReportStray(string follower)
    {
        var isFirstOfLine = _index > 0 && _text.AsSpan(_tokens[_index - 1].Span.End, Start - _tokens[_index - 1].Span.End).Contains('\n');
        var help = HelpForCurrent();
        if (help is null && isFirstOfLine)
            help = "If a new statement starts here, end the one before it with `;`.";
        else if (help is null && Current.Word.Length > 2)
            help = NearestNames.Sentence(Current.Word, Infix.Words);
        Error(follower, help);
    }

    private static bool HasList(OperatorSyntax @operator) => @operator is ExtendOperator or ProjectOperator or ProjectAwayOperator
        or ProjectRenameOperator or ProjectReorderOperator or SummarizeOperator or DistinctOperator or PrintOperator or SortOperator
        or TopOperator or SerializeOperator or MvExpandOperator or JoinOperator or UnionOperator;

    private bool AtPipeEnd() => Current.Kind is TokenKind.End or TokenKind.Semicolon or TokenKind.Comma or TokenKind.CloseParen
        or TokenKind.CloseBracket or TokenKind.CloseBrace;

    /// <summary>True before an operator that can stand without an input.</summary>
    private bool AtSourceOperator()
    {
        if (!At(TokenKind.Identifier))
            return false;
        var next = PeekAt(1).Kind;
        var startsExpression = next is TokenKind.Identifier or TokenKind.Literal or TokenKind.OpenParen or TokenKind.OpenBracket
            or TokenKind.Star or TokenKind.Minus or TokenKind.Now;
        return Current.Word switch
        {
            "range" or "evaluate" => next == TokenKind.Identifier || AtQuotedName(1),
            "print" => startsExpression,
            "union" or "find" or "search" => startsExpression && next != TokenKind.Minus,
            "macro" => PeekOperatorWord().Word == "macro-expand",
            _ => false,
        };
    }

    private SourceOperator ParseSourceOperator()
    {
        var start = Start;
        var @operator = ParseOperator() ?? new UnsupportedOperator(SpanFrom(start), string.Empty);
        return new SourceOperator(SpanFrom(start), @operator);
    }

    private bool AtKnownOperator() => At(TokenKind.Identifier) && OperatorNames.IsKnown(PeekOperatorWord().Word);

    /// <summary>The name of an operator at hand; names such as <c>mv-expand</c> are several tokens without space between.</summary>
    private (string Word, int Tokens) PeekOperatorWord()
    {
        var word = Current.Word;
        var tokens = 1;
        while (PeekAt(tokens).Kind == TokenKind.Minus && PeekAt(tokens + 1).Kind == TokenKind.Identifier
            && PeekAt(tokens).Span.Start == PeekAt(tokens - 1).Span.End && PeekAt(tokens + 1).Span.Start == PeekAt(tokens).Span.End)
        {
            word = $"{word}-{PeekAt(tokens + 1).Word}";
            tokens += 2;
        }

        return (word, tokens);
    }

    /// <summary>Reads an operator from its name on; null, once reported and skipped, when there is none.</summary>
    private OperatorSyntax? ParseOperator()
    {
        var start = Start;
        if (!At(TokenKind.Identifier))
        {
            Error("an operator");
            if (!At(TokenKind.Bar))
                SkipBalanced();
            return null;
        }

        var (word, tokens) = PeekOperatorWord();
        for (var i = 0; i < tokens; i++)
            Advance();
        var (condition, search) = (_inCondition, _inSearch);
        _inCondition = _inSearch = false;
        var @operator = ParseRowOperator(start, word) ?? ParseColumnOperator(start, word) ?? ParseShapeOperator(start, word);
        (_inCondition, _inSearch) = (condition, search);
        if (@operator is not null)
            return @operator;
        SkipOperator();
        if (OperatorNames.IsUnsupported(word))
            return new UnsupportedOperator(SpanFrom(start), word);
        _diagnostics.UnknownOperator(new TextSpan(start, word.Length), word);
        return null;
    }

    private void SkipOperator()
    {
        do
            SkipBalanced();
        while (Accept(TokenKind.Comma));
    }

    /// <summary>Operators that choose, order or add rows; null for others.</summary>
    private OperatorSyntax? ParseRowOperator(int start, string word) => word switch
    {
        "where" or "filter" => ParseWhere(start),
        "sort" or "order" => ParseSort(start),
        "top" => ParseTop(start),
        "take" or "limit" => Finish(ParseExpression(), count => new TakeOperator(SpanFrom(start), count)),
        "sample" => Finish(ParseExpression(), count => new SampleOperator(SpanFrom(start), count)),
        "sample-distinct" => ParseSampleDistinct(start),
        "top-hitters" => ParseTopHitters(start),
        "top-nested" => ParseTopNested(start),
        "count" => ParseCount(start),
        "join" => ParseJoin(start, isLookup: false),
        "lookup" => ParseJoin(start, isLookup: true),
        "union" => ParseUnion(start),
        "range" => ParseRange(start),
        "find" => ParseFind(start),
        "search" => ParseSearch(start),
        "consume" => ParseConsume(start),
        _ => null,
    };

    /// <summary>Operators that choose or compute columns; null for others.</summary>
    private OperatorSyntax? ParseColumnOperator(int start, string word) => word switch
    {
        "extend" => Finish(ParseNamedExpressions(), columns => new ExtendOperator(SpanFrom(start), columns)),
        "project" => Finish(ParseNamedExpressions(), columns => new ProjectOperator(SpanFrom(start), columns)),
        "print" => Finish(ParseNamedExpressions(), columns => new PrintOperator(SpanFrom(start), columns)),
        "project-rename" => Finish(ParseNamedExpressions(), columns => new ProjectRenameOperator(SpanFrom(start), columns)),
        "distinct" => ParseDistinct(start),
        "project-by-names" => Finish(ParseExpressions(), names => new ProjectByNamesOperator(SpanFrom(start), names)),
        "project-away" => ParseProjectAway(start, keep: false),
        "project-keep" => ParseProjectAway(start, keep: true),
        "project-reorder" => ParseProjectReorder(start),
        "serialize" => ParseSerialize(start),
        "summarize" => ParseSummarize(start),
        "getschema" => new GetSchemaOperator(SpanFrom(start)),
        "assert-schema" => Finish(ParseSchema(out var star), columns => new AssertSchemaOperator(SpanFrom(start), columns, star)),
        _ => null,
    };

    /// <summary>Operators that change the shape of the table, hold subqueries or concern the result; null for others.</summary>
    private OperatorSyntax? ParseShapeOperator(int start, string word) => word switch
    {
        "mv-expand" or "mvexpand" => ParseMvExpand(start),
        "mv-apply" or "mvapply" => ParseMvApply(start),
        "make-series" => ParseMakeSeries(start),
        "parse" => ParseParse(start, where: false),
        "parse-where" => ParseParse(start, where: true),
        "parse-kv" => ParseParseKv(start),
        "partition" => ParsePartition(start),
        "fork" => ParseFork(start),
        "facet" => ParseFacet(start),
        "reduce" => ParseReduce(start),
        "scan" => ParseScan(start),
        "evaluate" => ParseEvaluate(start),
        "invoke" => ParseInvoke(start),
        "as" => ParseAs(start),
        "render" => ParseRender(start),
        _ => null,
    };

    // The span of an operator ends with its last part, so the part must be read before the record is made.
    private static TOperator Finish<TPart, TOperator>(TPart part, Func<TPart, TOperator> make) => make(part);
}
