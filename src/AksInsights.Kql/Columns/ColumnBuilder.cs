using System.Diagnostics;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Columns;

/// <summary>Collects cells one by one into a column. Not thread-safe.</summary>
public abstract class ColumnBuilder
{
    private protected ColumnBuilder(KqlType type) => Type = type;

    /// <summary>The type of the column.</summary>
    public KqlType Type { get; }

    /// <summary>The number of cells so far.</summary>
    public int Count { get; private protected set; }

    /// <summary>Adds a null cell (for text: an empty one).</summary>
    public abstract void AddNull();

    /// <summary>Adds a value in the in-memory form of the type; null adds a null cell.</summary>
    public abstract void AddBoxed(object? value);

    /// <summary>The column of all cells added. The builder must not be used afterwards.</summary>
    public abstract Column Build();

    /// <summary>A builder for a type.</summary>
    public static ColumnBuilder Create(KqlType type, int capacity = 0) => type switch
    {
        KqlType.Bool => new ColumnBuilder<bool>(type, capacity),
        KqlType.Int or KqlType.Long or KqlType.DateTime or KqlType.TimeSpan => new ColumnBuilder<long>(type, capacity),
        KqlType.Real => new ColumnBuilder<double>(type, capacity),
        KqlType.Decimal => new ColumnBuilder<decimal>(type, capacity),
        KqlType.Guid => new ColumnBuilder<Guid>(type, capacity),
        KqlType.String => new ColumnBuilder<string>(type, capacity),
        KqlType.Dynamic or KqlType.Error => new ColumnBuilder<object>(type, capacity),
        _ => throw new UnreachableException($"KqlType {type}"),
    };
}

/// <summary>Collects cells of one in-memory form.</summary>
public sealed class ColumnBuilder<T> : ColumnBuilder
{
    private T[] _values;
    private bool[]? _nulls;

    /// <summary>Makes an empty builder.</summary>
    public ColumnBuilder(KqlType type, int capacity = 0)
        : base(type) => _values = capacity == 0 ? [] : new T[capacity];

    /// <summary>Adds a value.</summary>
    public void Add(T value)
    {
        if (Count == _values.Length) Grow();
        _values[Count++] = value;
    }

    /// <inheritdoc/>
    public override void AddNull()
    {
        if (Count == _values.Length) Grow();
        if (typeof(T) == typeof(string)) _values[Count] = (T)(object)"";
        else if (typeof(T) != typeof(object)) (_nulls ??= new bool[_values.Length])[Count] = true;
        Count++;
    }

    /// <inheritdoc/>
    public override void AddBoxed(object? value)
    {
        if (value is null) AddNull();
        else Add((T)value);
    }

    /// <inheritdoc/>
    public override Column Build() => new FlatColumn<T>(Type, _values, _nulls, 0, Count);

    private void Grow()
    {
        var size = Math.Max(16, _values.Length * 2);
        Array.Resize(ref _values, size);
        if (_nulls is not null) Array.Resize(ref _nulls, size);
    }
}
