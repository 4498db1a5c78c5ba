using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;
using Leat.Core;
using Leat.Streams.Decoding;
using Leat.Streams.Kernels;

namespace Leat.Streams.Keys;

/// <summary>What a key type consists of, and code compiled for it: copy texts, save, load, show.</summary>
internal sealed class KeyShape<TKey>
{
    private readonly ImmutableArray<Type> _types;
    private readonly Func<TKey, object?[]> _box;
    private readonly Func<object?[], TKey> _unbox;

    private KeyShape(ImmutableArray<string> names)
    {
        var key = Expression.Parameter(typeof(TKey), "key");
        var parts = KeyParts.Of(key);
        _types = [.. parts.Values.Select(p => p.Type)];
        Columns = [.. _types.Select((type, i) => new Field(i < names.Length ? names[i] : parts.Names[i], Values.ColumnType(type), type == typeof(string)))];
        var arena = Expression.Parameter(typeof(TextArena), "arena");
        if (_types.Contains(typeof(Text)))
            Copy = Expression.Lambda<Func<TKey, TextArena, TKey>>(parts.Make([.. parts.Values.Select(p => KeyLeaf.Copy(p, arena))]), key, arena).Compile();
        var writer = Expression.Parameter(typeof(StateWriter), "writer");
        Write = Expression.Lambda<Action<TKey, StateWriter>>(Expression.Block(parts.Values.Select(p => KeyLeaf.Write(p, writer)).Append(Expression.Empty())), key, writer).Compile();
        Read = CompileRead(parts, arena);
        _box = Expression.Lambda<Func<TKey, object?[]>>(Expression.NewArrayInit(typeof(object), parts.Values.Select(KeyLeaf.Box)), key).Compile();
        var values = Expression.Parameter(typeof(object?[]), "values");
        _unbox = Expression.Lambda<Func<object?[], TKey>>(
            parts.Make([.. _types.Select((type, i) => (Expression)Expression.Convert(Expression.ArrayIndex(values, Expression.Constant(i)), type))]), values).Compile();
    }

    /// <exception cref="LeatException">LEAT2104 the type cannot be a key.</exception>
    public static KeyShape<TKey> Of(params ImmutableArray<string> names) => new(names);

    /// <summary>The key's columns; none for <see cref="NoKey"/>.</summary>
    public ImmutableArray<Field> Columns { get; }

    /// <summary>The key with its texts copied into an arena; null when the key has none.</summary>
    public Func<TKey, TextArena, TKey>? Copy { get; }

    public Action<TKey, StateWriter> Write { get; }

    public Func<StateReader, TextArena, TKey> Read { get; }

    public object?[] Box(TKey key) => _box(key);

    /// <summary>The parts joined by "|".</summary>
    public static string Show(object?[] boxed) => string.Join('|', boxed.Select(KeyLeaf.Show));

    /// <summary>The key whose text form is <paramref name="text"/>.</summary>
    public bool TryParse(string text, TextArena arena, out TKey key)
    {
        key = default!;
        var parts = _types.Length == 1 ? [text] : text.Split('|');
        if (parts.Length != _types.Length) return false;
        var values = parts.Select((part, i) => KeyLeaf.Parse(_types[i], part, arena)).ToArray();
        if (values.Contains(null)) return false;
        key = _unbox(values);
        return true;
    }

    private static Func<StateReader, TextArena, TKey> CompileRead(KeyParts parts, ParameterExpression arena)
    {
        var reader = Expression.Parameter(typeof(StateReader), "reader");
        var locals = parts.Values.Select(p => Expression.Variable(p.Type)).ToImmutableArray();
        var steps = parts.Values.Select((p, i) => (Expression)Expression.Assign(locals[i], KeyLeaf.Read(p.Type, reader, arena)));
        var made = parts.Make([.. locals]);
        return Expression.Lambda<Func<StateReader, TextArena, TKey>>(Expression.Block(locals, steps.Append(made)), reader, arena).Compile();
    }
}
