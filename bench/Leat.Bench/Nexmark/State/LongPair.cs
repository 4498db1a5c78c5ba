namespace Leat.Bench.Nexmark;

/// <summary>A key of two numbers.</summary>
internal readonly record struct LongPair(long First, long Second)
{
    public override int GetHashCode() => (int)(((ulong)First * 0xC2B2AE3D27D4EB4F ^ (ulong)Second) * 0x9E3779B97F4A7C15 >> 32);
}
