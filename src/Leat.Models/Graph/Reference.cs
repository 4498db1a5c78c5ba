namespace Leat.Models;

/// <summary>A ref() or source() as written.</summary>
internal abstract record Reference
{
    private Reference()
    {
    }

    /// <summary>ref('name') or ref('package', 'name').</summary>
    internal sealed record ToModel(string? Package, string Name) : Reference;

    /// <summary>source('source', 'table').</summary>
    internal sealed record ToSource(string Source, string Table) : Reference;
}
