namespace Leat.Log.Tests;

/// <summary>A test that mounts a small file system; skipped where that is not allowed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FullDiskFactAttribute : FactAttribute
{
    public FullDiskFactAttribute()
    {
        if (!SmallDisk.CanMount) Skip = "mounting a tmpfs needs root";
    }
}
