using System.Text.Json.Serialization;

namespace Leat.Streams.Tests;

/// <summary>Members set by accessors and by a constructor with default values.</summary>
[JsonRecord]
internal sealed record AccessorEvent(AccessorKind Kind = AccessorKind.B, byte SmallNumber = 4, decimal Price = 1.25m, string Label = "none \"given\"")
{
    public double Rate { get; init; } = 1;

    public string? Remark { get; set; }

    public DateOnly? OpensAt { get; init; }

    [JsonPropertyName("shut")]
    public bool? IsShut { get; init; }

    [JsonIgnore]
    public int Ignored { get; set; }

    public int Computed => SmallNumber + 1;
}
