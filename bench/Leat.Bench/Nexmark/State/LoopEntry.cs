namespace Leat.Bench.Nexmark;

/// <summary>A slot of a <see cref="LoopMap{TKey, TValue}"/>.</summary>
internal struct LoopEntry<TKey, TValue>
    where TKey : unmanaged, IEquatable<TKey>
    where TValue : unmanaged
{
    public TKey Key;
    public TValue Value;

    public readonly bool IsUsed => !Key.Equals(default);
}
