namespace Leat.Core;

public sealed partial class VectorBuilder
{
    private int _openStart = -1;

    /// <summary>Child <paramref name="index"/>: 0 the element of a list or array; 0 key and 1 value of a map; the member of a struct or union.</summary>
    public VectorBuilder Child(int index) => _children[_kind == TypeKind.Union ? index + 1 : index];

    /// <summary>Starts a row of a LIST, ARRAY or MAP; its elements go to <see cref="Child"/>, then <see cref="EndList"/>.</summary>
    public void BeginList()
    {
        if (_kind is not (TypeKind.List or TypeKind.Array or TypeKind.Map)) throw new InvalidOperationException($"column '{_field.Name}' of {Type} holds no list");
        if (_openStart >= 0) throw new InvalidOperationException($"column '{_field.Name}': the list before was not ended");
        _openStart = _children[0].Count;
    }

    /// <summary>Ends the row begun by <see cref="BeginList"/>.</summary>
    /// <exception cref="InvalidOperationException">An array of another length, or keys without values.</exception>
    public void EndList()
    {
        if (_openStart < 0) throw new InvalidOperationException($"column '{_field.Name}': no list was begun");
        var length = _children[0].Count - _openStart;
        if (_kind == TypeKind.Array && length != Type.Length) throw BatchErrors.DoesNotFit($"{length} elements", _field);
        if (_kind == TypeKind.Map && _children[1].Count != _children[0].Count) throw new InvalidOperationException($"column '{_field.Name}': {_children[0].Count} keys, {_children[1].Count} values");
        if (_kind == TypeKind.Array) TakeRow();
        else Put(new ListEntry((ulong)_openStart, (ulong)length));
        _openStart = -1;
    }

    /// <summary>Ends a row of a STRUCT: each member has got its value.</summary>
    /// <exception cref="InvalidOperationException">A member got none, or more than one.</exception>
    public void EndStruct()
    {
        if (_kind != TypeKind.Struct) throw new InvalidOperationException($"column '{_field.Name}' of {Type} is no struct");
        var row = TakeRow();
        foreach (var child in _children)
            if (child.Count != row + 1) BatchErrors.ThrowWrongRow(row, child._field, child.Count - row);
    }

    /// <summary>Ends a row of a UNION whose value went to <c>Child(member)</c>.</summary>
    /// <exception cref="InvalidOperationException">The member got no value, or more than one.</exception>
    public void EndUnion(int member)
    {
        if (_kind != TypeKind.Union) throw new InvalidOperationException($"column '{_field.Name}' of {Type} is no union");
        var row = TakeRow();
        _children[0].Append((byte)member);
        for (var i = 1; i < _children.Length; i++)
            if (i != member + 1) _children[i].AppendNull();
        foreach (var child in _children)
            if (child.Count != row + 1) BatchErrors.ThrowWrongRow(row, child._field, child.Count - row);
    }
}
