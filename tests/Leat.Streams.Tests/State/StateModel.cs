using System.Globalization;

namespace Leat.Streams.Tests.State;

/// <summary>What <see cref="StateFunction"/> does, with collections of the framework.</summary>
internal sealed class StateModel
{
    public const int Operations = 10;
    private readonly List<string> _list = [];
    private readonly SortedDictionary<long, string> _map = [];
    private (long Count, string Text)? _value;

    public string Apply(string operation)
    {
        var parts = operation.Split(' ', 3);
        var (what, index, text) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
        switch (what)
        {
            case 0: _value = null; break;
            case 1: _list.Clear(); break;
            case 2: _map.Clear(); break;
            case 3: _map.Remove(index); break;
            case 4 when _list.Count > 0: _list.RemoveAt(index % _list.Count); break;
            case 5 or 6: _map[index] = text; break;
            case 7: _list.Insert(index % (_list.Count + 1), text); break;
            case 8: _list.Add(text); break;
            case 9: _value = ((_value?.Count ?? 0) + 1, text); break;
        }

        return $"{_value?.Count} {_value?.Text}/{string.Join(',', _list)}/{string.Join(',', _map.Select(p => $"{p.Key}={p.Value}"))}";
    }
}
