using System.Text.Json.Serialization;
using Leat.Core;

namespace Leat.Streams.Tests;

internal enum Colour
{
    Red,
    DarkBlue,
}

[JsonRecord]
internal readonly record struct WideEvent(
    Text Name, string? Note, bool Flag, int Small, long? Big, double Ratio, decimal? Amount, DateTime At, [EpochMilliseconds] DateTime Seen, DateOnly Day, Guid Id, Colour Colour, short Count = 7)
{
    [JsonPropertyName("x-extra")]
    public ulong Extra { get; init; }

    public decimal Twice => 2 * (Amount ?? 0);
}
