namespace Leat.DuckDb;

/// <summary>Vectors of their own memory, freed together with the batch over them.</summary>
internal sealed class OwnedVectors : IDisposable
{
    private readonly List<VectorHandle> _vectors = [];

    public IReadOnlyList<nint> Pointers => [.. _vectors.Select(vector => vector.DangerousGetHandle())];

    public void Add(VectorHandle vector) => _vectors.Add(vector);

    public void Dispose()
    {
        foreach (var vector in _vectors) vector.Dispose();
    }
}
