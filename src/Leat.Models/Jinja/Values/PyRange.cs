using System.Collections;

namespace Leat.Models.Jinja;

/// <summary>A Python range.</summary>
internal sealed class PyRange(long start, long stop, long step) : IEnumerable<object?>
{
    public long Start => start;

    public long Stop => stop;

    public long Step => step;

    public long Count => step > 0 ? Math.Max(0, (stop - start + step - 1) / step) : Math.Max(0, (start - stop - step - 1) / -step);

    public object? this[long index] => start + (index * step);

    public IEnumerator<object?> GetEnumerator()
    {
        for (long i = 0, count = Count; i < count; i++) yield return start + (i * step);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
