namespace Leat.Sql;

/// <summary>A piece of the user's text and what stands there instead.</summary>
internal sealed record SqlSplice(int Start, int End, string Replacement);
