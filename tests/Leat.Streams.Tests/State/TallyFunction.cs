using Leat.Core;

namespace Leat.Streams.Tests.State;

/// <summary>A value, a list and timers by key, set from outside.</summary>
internal sealed class TallyFunction : KeyedProcess<Text, int, int>
{
    private readonly ValueState<long> _value;
    private readonly ListState<int> _list;

    public TallyFunction()
    {
        _value = Value<long>("value");
        _list = List<int>("list");
    }

    /// <summary>Timers that fired: key and time.</summary>
    public List<string> Fired { get; } = [];

    protected internal override void Process(int row)
    {
        switch (row % 5)
        {
            case 0: _value.Clear(); break;
            case 1: _list.Clear(); break;
            case 2: _list.Add(row); break;
            case 3: SetTimer(TimeOf(row)); break;
            default: _value.Value += row; break;
        }
    }

    /// <summary>All that the key has.</summary>
    public string Show() => $"{(_value.Exists ? _value.Value : "")}/{string.Join(',', _list.Items.ToArray())}";

    protected internal override void OnTimer(DateTime time)
    {
        Fired.Add($"{Key} {TicksOf(time)} {Show()}");
        _value.Clear();
        _list.Clear();
    }
}
