using Leat.Core;

namespace Leat.Streams.Tests.State;

internal readonly record struct Answer(long Second, Text User, string State);
