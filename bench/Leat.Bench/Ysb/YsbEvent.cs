using Leat.Core;
using Leat.Streams;

namespace Leat.Bench.Ysb;

/// <summary>The fields of an event that the query looks at; all are JSON strings.</summary>
internal readonly record struct YsbEvent(Text AdId, YsbEventType EventType, [EpochMilliseconds] DateTime EventTime);
