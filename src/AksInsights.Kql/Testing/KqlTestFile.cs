namespace AksInsights.Kql.Testing;

/// <summary>A file of cases in the <c>.kqltest</c> language; its grammar is in <c>docs/kql.md</c>.</summary>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="Cases">The cases, in order.</param>
/// <param name="Problems">Lines that could not be read, as <c>file:line: what</c>; a file with problems counts as failed.</param>
public sealed record KqlTestFile(string Name, IReadOnlyList<KqlTestCase> Cases, IReadOnlyList<string> Problems)
{
    /// <summary>Reads a file's text. Never throws: what cannot be read is in <see cref="Problems"/>.</summary>
    public static KqlTestFile Parse(string name, string text) => new KqlTestReader(name, text).Read();
}

/// <summary>One query with what it must give.</summary>
/// <param name="Line">The line of the case in its file, from 1.</param>
/// <param name="NowUtc">What <c>now()</c> gives.</param>
/// <param name="Tables">The tables defined before the case.</param>
/// <param name="Query">The query.</param>
/// <param name="Expected">What it must give.</param>
public sealed record KqlTestCase(int Line, DateTime NowUtc, IReadOnlyList<KqlTestTable> Tables, string Query, KqlTestExpectation Expected);

/// <summary>A table of a test file: columns as in a function's schema, cells as literals of the language.</summary>
public sealed record KqlTestTable(string Name, string Columns, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>What a query must give.</summary>
public abstract record KqlTestExpectation
{
    private KqlTestExpectation()
    {
    }

    /// <summary>Rows.</summary>
    /// <param name="Columns">Each column as <c>name: type</c>.</param>
    /// <param name="Cells">The cells row by row, as literals of the language.</param>
    /// <param name="Ordered">Whether the order of rows counts.</param>
    public sealed record Rows(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Cells, bool Ordered) : KqlTestExpectation;

    /// <summary>An error of a code at a place (line and column from 1; null: any place).</summary>
    public sealed record Error(string Code, string? Place) : KqlTestExpectation;
}

/// <summary>How a case ended: null when it passed, else what was expected and what came.</summary>
public sealed record KqlTestOutcome(KqlTestFile File, KqlTestCase Case, string? Failure);
