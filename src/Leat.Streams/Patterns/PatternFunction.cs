namespace Leat.Streams.Patterns;

/// <summary>Follows the attempts at a pattern over rows in order of event time. An attempt's rows stand one after the other in the list, the first with their number.</summary>
internal sealed class PatternFunction<TKey, T, TOut> : KeyedProcess<TKey, T, TOut>
{
    private readonly Pattern<T> _pattern;
    private readonly PatternSelector<TKey, T, TOut> _select;
    private readonly ListState<MatchedRow<T>> _attempts;

    public PatternFunction(Pattern<T> pattern, PatternSelector<TKey, T, TOut> select)
    {
        (_pattern, _select) = (pattern, select);
        _attempts = List<MatchedRow<T>>("attempts");
    }

    private bool EndsByAbsence => _pattern.Steps[^1].IsAbsence;

    protected internal override void Process(T row)
    {
        EndBefore(Ticks);
        for (var at = 0; at < _attempts.Count;) at = Offer(at, row);
        if (!_pattern.Steps[0].Matches(row)) return;
        if (_pattern.Steps.Length == 1)
        {
            Found([new MatchedRow<T> { Steps = 1, Time = Ticks, Row = row }], Ticks);
            return;
        }

        _attempts.Add(new MatchedRow<T> { Steps = 1, Time = Ticks, Row = row });
        if (_pattern.Duration < TimeSpan.MaxValue) SetTimerAt(Ticks + _pattern.Duration.Ticks + 1);
    }

    protected internal override void OnTimer(DateTime time) => EndBefore(TicksOf(time));

    /// <summary>Shows the row to one attempt.</summary>
    /// <returns>Where the next attempt begins.</returns>
    private int Offer(int at, T row)
    {
        var taken = _attempts.Items[at].Steps;
        var step = _pattern.Steps[taken];
        if (step.Forbids is { } forbids && forbids(row)) return Drop(at, taken);
        if (!step.Matches(row)) return at + taken;
        if (step.IsAbsence) return Drop(at, taken);
        _attempts.Insert(at + taken, new MatchedRow<T> { Time = Ticks, Row = row });
        _attempts.At(at).Steps = ++taken;
        if (taken < _pattern.Steps.Length) return at + taken;
        Found(_attempts.Items.Slice(at, taken), Ticks);
        return Drop(at, taken);
    }

    /// <summary>Ends the attempts whose time was over before a moment.</summary>
    private void EndBefore(long now)
    {
        if (_pattern.Duration == TimeSpan.MaxValue) return;
        for (var at = 0; at < _attempts.Count;)
        {
            var (taken, end) = (_attempts.Items[at].Steps, _attempts.Items[at].Time + _pattern.Duration.Ticks);
            if (end >= now) return;
            if (EndsByAbsence && taken == _pattern.Steps.Length - 1) Found(_attempts.Items.Slice(at, taken), end);
            at = Drop(at, taken);
        }
    }

    private void Found(ReadOnlySpan<MatchedRow<T>> rows, long time) => EmitAt(_select(new PatternMatch<TKey, T>(Key, rows, _pattern.Steps)), time);

    private int Drop(int at, int count)
    {
        _attempts.RemoveRange(at, count);
        return at;
    }
}
