namespace Storefront.Simulation;

/// <summary>What goes wrong with events on their way, as shares of all events.</summary>
/// <param name="Duplicates">Sent a second time under the same event id.</param>
/// <param name="Late">Held back and sent after newer ones, by up to <paramref name="Delay"/>.</param>
/// <param name="Dirty">Sent with a value that breaks the contract.</param>
/// <param name="Delay">Longest delay of a late event.</param>
internal sealed record Mishaps(double Duplicates, double Late, double Dirty, TimeSpan Delay)
{
    public static readonly Mishaps Usual = new(0.005, 0.01, 0.002, TimeSpan.FromSeconds(1.5));

    public static readonly Mishaps None = new(0, 0, 0, TimeSpan.Zero);
}
