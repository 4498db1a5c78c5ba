using Leat.Core;

namespace Leat.Models.Jinja;

/// <summary>Variables of a template, macro call or loop turn; what is not here is looked up in the scope around it, then in the names beyond.</summary>
internal sealed class Scope
{
    private readonly Scope? _parent;
    private readonly INames _beyond;
    private string[] _names = [];
    private object?[] _values = [];
    private int _count;

    public Scope(INames beyond)
    {
        _beyond = beyond;
        State = new RenderState();
    }

    public Scope(Scope parent, RenderState? state = null)
    {
        _parent = parent;
        _beyond = parent._beyond;
        State = state ?? parent.State;
    }

    public RenderState State { get; }

    public void Set(string name, object? value)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_names[i] != name) continue;
            _values[i] = value;
            return;
        }
        if (_count == _names.Length)
        {
            Array.Resize(ref _names, Math.Max(4, _count * 2));
            Array.Resize(ref _values, _names.Length);
        }
        _names[_count] = name;
        _values[_count++] = value;
    }

    public object? Get(string name)
    {
        for (var scope = this; scope is not null; scope = scope._parent)
            for (var i = 0; i < scope._count; i++)
                if (ReferenceEquals(scope._names[i], name) || scope._names[i] == name) return scope._values[i];
        return _beyond.TryGet(name, out var value) ? value : new Undefined($"{PyText.Repr(name)} is undefined", () => Advice(name));
    }

    private string? Advice(string name)
    {
        var known = new List<string>(_beyond.Known);
        for (var scope = this; scope is not null; scope = scope._parent) known.AddRange(scope._names[..scope._count]);
        var nearest = Nearest.To(name, known);
        return nearest is null ? null : $"use '{nearest}', or define '{name}'";
    }
}
