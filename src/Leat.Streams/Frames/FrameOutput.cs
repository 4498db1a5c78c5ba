namespace Leat.Streams.Frames;

/// <summary>What the functions over frames have in common.</summary>
internal static class FrameOutput
{
    /// <summary>Ticks that a row comes out behind the watermark.</summary>
    public const long Delay = 1;

    private const int FewRows = 32;

    /// <summary>Whether it is worth to drop the rows at the front of a list.</summary>
    /// <param name="gone">Rows that no frame needs.</param>
    /// <param name="count">All rows.</param>
    public static bool IsMostlyGone(int gone, int count) => gone == count || (gone >= FewRows && 2 * gone >= count);
}
