namespace Leat.Bench.Nexmark;

/// <summary>Many lists of indexes in one array; a list is known by its head, 0 = empty, and read newest first.</summary>
internal sealed class Chains
{
    private (int Item, int Next)[] _links = new (int, int)[1 << 10];
    private int _count;

    /// <summary>Puts an index in front of a list.</summary>
    public void Push(ref int head, int item)
    {
        if (++_count == _links.Length) Array.Resize(ref _links, _links.Length * 2);
        _links[_count] = (item, head);
        head = _count;
    }

    /// <summary>The index at a head that is not 0; the head becomes the rest of the list.</summary>
    public int Take(ref int head)
    {
        (var item, head) = _links[head];
        return item;
    }
}
