namespace Leat.Lake.Protocol;

/// <summary>Where a file's deleted rows are listed.</summary>
/// <param name="StorageType">"u" relative by UUID, "p" absolute path, "i" inline.</param>
/// <param name="PathOrInline">Encoded UUID with prefix, URI, or the bitmap itself.</param>
/// <param name="Offset">Byte in the file where the size stands; null for inline.</param>
/// <param name="SizeBytes">Size of the bitmap.</param>
/// <param name="Cardinality">Rows deleted.</param>
internal sealed record DeletionVectorDescriptor(string StorageType, string PathOrInline, int? Offset, int SizeBytes, long Cardinality)
{
    /// <summary>Identity within the log: equal for the same bitmap.</summary>
    public string Id => Offset is { } offset ? $"{StorageType}{PathOrInline}@{offset}" : StorageType + PathOrInline;
}
