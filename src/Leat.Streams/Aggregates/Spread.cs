namespace Leat.Streams.Aggregates;

/// <summary>Count, mean and sum of squared distances from the mean.</summary>
internal struct Spread
{
    public long Count;
    public double Mean;
    public double Squares;
}
