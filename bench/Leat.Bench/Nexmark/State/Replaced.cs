namespace Leat.Bench.Nexmark;

/// <summary>A change of an updating result: what it was, when there was something, and what it is.</summary>
internal readonly record struct Replaced<T>(bool HasOld, T Old, T New);
