using System.Text;

namespace Leat.Flows;

/// <summary>Lines of one attempt, bounded: the first 200 and the last 1,800 are kept, a line is cut at 2,000 characters. Thread-safe.</summary>
internal sealed class AttemptLog(TimeProvider clock)
{
    private const int FirstLines = 200;
    private const int LastLines = 1_800;
    private const int LongestLine = 2_000;
    private readonly Lock _gate = new();
    private readonly List<string> _first = [];
    private readonly Queue<string> _last = new();
    private long _left;

    public void Add(string line)
    {
        var stamped = $"{clock.GetUtcNow():HH:mm:ss.fff} {(line.Length > LongestLine ? line[..LongestLine] + "..." : line)}";
        lock (_gate)
        {
            if (_first.Count < FirstLines)
            {
                _first.Add(stamped);
                return;
            }
            _last.Enqueue(stamped);
            if (_last.Count <= LastLines) return;
            _last.Dequeue();
            _left++;
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            var text = new StringBuilder();
            foreach (var line in _first) text.Append(line).Append('\n');
            if (_left > 0) text.Append($"... {_left} lines left out ...\n");
            foreach (var line in _last) text.Append(line).Append('\n');
            return text.ToString();
        }
    }
}
