namespace Leat.Streams.Anomalies;

/// <param name="Value">Of a row.</param>
/// <param name="Weight">Of the newest value, above 0 and below 1.</param>
/// <param name="WarmUp">Values a key before scores are given.</param>
/// <param name="Least">Scores below this, in either direction, do not come out.</param>
internal sealed record ScoreSettings<T>(Func<T, double> Value, double Weight, int WarmUp, double Least);
