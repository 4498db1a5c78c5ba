namespace Leat.Bench.Nexmark;

/// <summary>Where an event is: the kind says in which array, the index (from 0) where in it. 4 bytes.</summary>
internal readonly record struct NexmarkSlot
{
    private const int KindShift = 30;
    private readonly uint _bits;

    public NexmarkSlot(NexmarkKind kind, int index) => _bits = ((uint)kind << KindShift) | (uint)index;

    public NexmarkKind Kind => (NexmarkKind)(_bits >> KindShift);

    public int Index => (int)(_bits & ((1u << KindShift) - 1));
}
