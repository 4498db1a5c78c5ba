namespace Leat.Storage;

/// <summary>An object in a listing.</summary>
/// <param name="Path">Path inside the store, with '/'.</param>
/// <param name="SizeBytes">Size.</param>
/// <param name="ModifiedAt">When it was last written, UTC.</param>
public readonly record struct ObjectInfo(string Path, long SizeBytes, DateTimeOffset ModifiedAt);
