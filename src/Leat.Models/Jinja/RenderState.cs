namespace Leat.Models.Jinja;

/// <summary>What all scopes of one rendering share. Owned by the rendering thread.</summary>
internal sealed class RenderState
{
    /// <summary>Deepest nesting of macro calls.</summary>
    public const int MaxDepth = 400;

    public int Depth { get; set; }

    public object? Returned { get; set; }
}
