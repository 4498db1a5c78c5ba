using Leat.Core;

namespace Leat.Streams.Tests;

/// <summary>A row of the table that ads are looked up in.</summary>
internal readonly record struct KnownAd(Text AdId, Text Campaign);
