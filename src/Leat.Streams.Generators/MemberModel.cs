namespace Leat.Streams.Generators;

/// <summary>One member of a record type, as source text.</summary>
/// <param name="Name">Property.</param>
/// <param name="JsonName">Expression of its name in JSON.</param>
/// <param name="EnumType">Its enum type, fully qualified; null for other types.</param>
/// <param name="Value">Expression that reads it from <c>fields</c>, null and default rules included.</param>
/// <param name="Argument">Place in the constructor's parameters; -1 = set by its accessor.</param>
internal sealed record MemberModel(string Name, string JsonName, string? EnumType, string Value, int Argument);
