namespace Leat.DuckDb.Tests;

/// <summary>Tests that run while no others do.</summary>
[CollectionDefinition(MemoryTests.Alone, DisableParallelization = true)]
public sealed class AloneCollection;
