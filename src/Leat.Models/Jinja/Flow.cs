namespace Leat.Models.Jinja;

/// <summary>How a statement ended.</summary>
internal enum Flow : byte
{
    Next,
    Break,
    Continue,

    /// <summary>The macro ends here; the value is in <see cref="RenderState.Returned"/>.</summary>
    Return,
}
