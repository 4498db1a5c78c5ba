using Leat.Core;

namespace Leat.Streams.Tests;

internal readonly record struct ClickEvent(Text Campaign, DateTime At, decimal Cost, Text User);
