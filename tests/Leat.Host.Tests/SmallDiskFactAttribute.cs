namespace Leat.Host.Tests;

/// <summary>A test that mounts a small disk; skipped, saying so, where that is not allowed.</summary>
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        if (!SmallDisk.IsPossible) Skip = "mounting a tmpfs needs root";
    }
}
