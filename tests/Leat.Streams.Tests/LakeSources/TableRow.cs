using Leat.Core;

namespace Leat.Streams.Tests.LakeSources;

/// <summary>A row of the tables that the tests read.</summary>
internal readonly record struct TableRow(long Id, Text Name, DateTime At, decimal? Cost);
