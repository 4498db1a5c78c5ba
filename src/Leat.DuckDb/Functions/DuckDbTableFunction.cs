using System.Collections.Immutable;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>A table function written in C#: <c>FROM name(arguments, named := value)</c>.</summary>
/// <param name="Name">Name in SQL.</param>
/// <param name="Parameters">Types of the arguments by position.</param>
/// <param name="NamedParameters">Arguments by name; all optional.</param>
/// <param name="Bind">Called when a statement is planned, maybe more than once; says the columns. What it throws becomes the statement's error.</param>
public sealed record DuckDbTableFunction(string Name, ImmutableArray<DataType> Parameters, ImmutableArray<Field> NamedParameters, Func<DuckDbTableCall, DuckDbTableScan> Bind);
