using System.Globalization;
using System.Text;
using Leat.Core;

namespace Leat.Streams.Tests.State;

/// <summary>Does one operation on the state of the key and answers with all of it.</summary>
internal sealed class StateFunction : KeyedProcess<Text, ClickEvent, Answer>
{
    private readonly ValueState<(long Count, Text Text)> _value;
    private readonly ListState<Text> _list;
    private readonly MapState<long, Text> _map;

    public StateFunction()
    {
        _value = Value<(long Count, Text Text)>("value");
        _list = List<Text>("list");
        _map = Map<long, Text>("map");
    }

    protected internal override void Process(ClickEvent row)
    {
        var parts = row.Campaign.ToString().Split(' ', 3);
        var (what, index, text) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
        var bytes = Encoding.UTF8.GetBytes(text);
        unsafe
        {
            fixed (byte* start = bytes) Apply(what, index, new Text(start, bytes.Length));
        }

        var value = _value.Exists ? $"{_value.Value.Count} {_value.Value.Text}" : " ";
        var list = new List<string>();
        foreach (var item in _list.Items) list.Add(item.ToString());
        Emit(new Answer((long)(row.At - Clicks.Zero).TotalSeconds, row.User, $"{value}/{string.Join(',', list)}/{string.Join(',', _map.Entries.OrderBy(p => p.Key).Select(p => $"{p.Key}={p.Value}"))}"));
    }

    private void Apply(int what, int index, Text text)
    {
        switch (what)
        {
            case 0: _value.Clear(); break;
            case 1: _list.Clear(); break;
            case 2: _map.Clear(); break;
            case 3: _map.Remove(index); break;
            case 4 when _list.Count > 0: _list.RemoveAt(index % _list.Count); break;
            case 5 or 6: _map[index] = text; break;
            case 7: _list.Insert(index % (_list.Count + 1), text); break;
            case 8: _list.Add(text); break;
            case 9: _value.Value = (_value.Value.Count + 1, text); break;
        }
    }
}
