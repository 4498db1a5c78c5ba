namespace Leat.Lake.Protocol;

/// <summary>Identity of a live file: its canonical path and its deletion vector.</summary>
internal readonly record struct FileKey(string Path, string? VectorId)
{
    public static FileKey Of(string path, DeletionVectorDescriptor? vector) => new(DataPath.Canonical(path), vector?.Id);
}
