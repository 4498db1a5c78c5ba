using Leat.Lake;
using Leat.Log;

namespace Leat.Ingest.Landing;

/// <summary>Where landings read and where they write.</summary>
public sealed record LandingEnds(IEventLog Log, ILakeCatalog Lake);
