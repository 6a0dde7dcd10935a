namespace AksInsights.Adapters.Workspaces.Recorded.Json;

/// <summary>One property of the record last read.</summary>
/// <param name="Property">The number of the property.</param>
/// <param name="Lead">The bytes from the end of the value before to the start of the value: separators and the name.</param>
/// <param name="Length">The bytes of the value.</param>
internal record struct JsonStep(int Property, int Lead, int Length);

/// <summary>The properties of the record last read, in order, and the values that it left behind in the cells.</summary>
/// <remarks>A cell collector repeats its last value by itself, so a property that a record no longer has must be taken back here.</remarks>
internal sealed class JsonPattern(JsonNames names)
{
    /// <summary>The number of properties that are followed; records with more are read without a pattern.</summary>
    private const int MaxSteps = 1024;

    private JsonStep[] _steps = new JsonStep[32];

    /// <summary>The number of properties.</summary>
    public int Count { get; private set; }

    /// <summary>False when the next record cannot be read along this one.</summary>
    public bool IsUsable { get; set; }

    /// <summary>A property by its place.</summary>
    public ref JsonStep this[int place] => ref _steps[place];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Count = 0;
        IsUsable = true;
    }

    /// <summary>Makes a property stand at a place: what stands before it there is taken out; if it is not there, it is put in.</summary>
    /// <returns>The number of bytes that the record before has from the place to the end of the property's value.</returns>
    public int Align(int place, int property, int row)
    {
        var bytes = 0;
        for (var ahead = place; ahead < Count; ahead++)
        {
            bytes += _steps[ahead].Lead + _steps[ahead].Length;
            if (_steps[ahead].Property != property)
                continue;
            Remove(place, ahead - place, row);
            return bytes;
        }

        Insert(place, property);
        return 0;
    }

    /// <summary>Takes out everything from a place on.</summary>
    public void Truncate(int place, int row)
    {
        if (place < Count)
            Remove(place, Count - place, row);
    }

    private void Remove(int place, int count, int row)
    {
        foreach (var step in _steps.AsSpan(place, count))
            names[step.Property].Cells?.Clear(row);
        Array.Copy(_steps, place + count, _steps, place, Count - place - count);
        Count -= count;
    }

    private void Insert(int place, int property)
    {
        // A second property of the same name writes into the same cell, which a later record might have to take back: too rare to follow.
        foreach (var step in _steps.AsSpan(0, place))
            IsUsable &= step.Property != property;
        if (Count == MaxSteps)
        {
            IsUsable = false;
            Count--;
        }

        if (Count == _steps.Length)
            Array.Resize(ref _steps, Count * 2);
        Array.Copy(_steps, place, _steps, place + 1, Count - place);
        _steps[place] = new JsonStep(property, 0, 0);
        Count++;
    }
}
