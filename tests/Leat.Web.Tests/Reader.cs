namespace Leat.Web.Tests;

/// <summary>How someone looks at the page.</summary>
public sealed record Reader(int Width, int Height, bool Dark)
{
    public static Reader Desk { get; } = new(1440, 900, Dark: false);

    public static Reader DeskDark { get; } = new(1440, 900, Dark: true);

    public static Reader Phone { get; } = new(390, 844, Dark: false);

    public static Reader PhoneDark { get; } = new(390, 844, Dark: true);

    public static IReadOnlyList<Reader> All { get; } = [Desk, DeskDark, Phone, PhoneDark];

    /// <summary>Part of a screenshot's name.</summary>
    public string Slug => $"{Width}-{(Dark ? "dark" : "light")}";
}
