using Leat.Core;

namespace Leat.Streams.Tests;

/// <summary>An event of the kill test's topic.</summary>
internal readonly record struct ShownAd(Text AdId, ShownAdType EventType, DateTime EventTime, Text User, decimal Cost);
