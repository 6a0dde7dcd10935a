using AksInsights.Kql.Types;

namespace AksInsights.Kql.Symbols;

/// <summary>A column as a query can name it.</summary>
public sealed record ColumnSymbol(string Name, KqlType Type);

/// <summary>A table as a query can name it. Names are compared exactly, as the service does.</summary>
public sealed record TableSymbol(string Name, IReadOnlyList<ColumnSymbol> Columns);
