namespace Leat.Models.Jinja;

/// <summary>The variable <c>loop</c>.</summary>
internal sealed class LoopContext(IReadOnlyList<object?> items, int depth, Func<object?, int, string>? recurse) : PyCallable
{
    private object? _lastChanged;

    public int Index { get; set; }

    public override string Name => "loop";

    public override string TypeName => "LoopContext";

    public override string Text => $"<LoopContext {Index + 1}/{items.Count}>";

    public override bool TryMember(string name, out object? value)
    {
        value = name switch
        {
            "index" => Index + 1L,
            "index0" => (long)Index,
            "revindex" => (long)(items.Count - Index),
            "revindex0" => (long)(items.Count - Index - 1),
            "first" => Index == 0,
            "last" => Index == items.Count - 1,
            "length" => (long)items.Count,
            "depth" => depth + 1L,
            "depth0" => (long)depth,
            "previtem" => Index > 0 ? items[Index - 1] : new Undefined("there is no previous item"),
            "nextitem" => Index + 1 < items.Count ? items[Index + 1] : new Undefined("there is no next item"),
            "cycle" => new PyFunction("cycle", arguments => arguments.Positional[Index % Math.Max(1, arguments.Count)]),
            "changed" => new PyFunction("changed", Changed),
            _ => this,
        };
        return value != this;
    }

    public override object? Call(CallArguments arguments) => recurse is null
        ? throw new JinjaError(ErrorKind.TypeError, "The loop must have the 'recursive' marker to be called recursively.", "write {% for ... recursive %}")
        : recurse(arguments.Need(0, "iterable", "loop"), depth + 1);

    private object? Changed(CallArguments arguments)
    {
        var value = new PyTuple(arguments.Positional);
        if (PyCompare.AreEqual(_lastChanged, value)) return false;
        _lastChanged = value;
        return true;
    }
}
