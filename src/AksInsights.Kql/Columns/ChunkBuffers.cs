namespace AksInsights.Kql.Columns;

/// <summary>
/// Arrays for what one worker computes of one chunk: taken one by one, and all given back at once when the chunk is done, so that the next chunk finds them
/// in the cache. Fresh memory would cost more than what is computed in it, as the system hands it out page by page.
/// </summary>
/// <remarks>A column made in them is good until <see cref="Recycle"/>. Not thread-safe.</remarks>
public sealed class ChunkBuffers
{
    private readonly List<Shelf> _shelves = [];

    /// <summary>An array of at least a length, with anything in it.</summary>
    /// <param name="buffers">Where to take it from; null makes a new array of just that length.</param>
    /// <param name="length">The length needed.</param>
    public static T[] Take<T>(ChunkBuffers? buffers, int length) =>
        buffers is null ? GC.AllocateUninitializedArray<T>(length) : buffers.ShelfOf<T>().Take(length);

    /// <summary>As <see cref="Take{T}"/>, with <c>default</c> in all of the length.</summary>
    public static T[] TakeCleared<T>(ChunkBuffers? buffers, int length)
    {
        if (buffers is null) return new T[length];
        var array = buffers.ShelfOf<T>().Take(length);
        array.AsSpan(0, length).Clear();
        return array;
    }

    /// <summary>Makes all arrays free again.</summary>
    public void Recycle()
    {
        foreach (var shelf in _shelves) shelf.Used = 0;
    }

    private Shelf<T> ShelfOf<T>()
    {
        // There are only as many as there are in-memory forms.
        foreach (var shelf in _shelves)
        {
            if (shelf is Shelf<T> known) return known;
        }

        var added = new Shelf<T>();
        _shelves.Add(added);
        return added;
    }

    private abstract class Shelf
    {
        public int Used { get; set; }
    }

    private sealed class Shelf<T> : Shelf
    {
        private readonly List<T[]> _arrays = [];

        public T[] Take(int length)
        {
            if (Used == _arrays.Count) _arrays.Add([]);
            var array = _arrays[Used];
            if (array.Length < length) _arrays[Used] = array = GC.AllocateUninitializedArray<T>(length);
            Used++;
            return array;
        }
    }
}
