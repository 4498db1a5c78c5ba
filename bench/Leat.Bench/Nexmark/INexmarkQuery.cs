using Leat.Streams;

namespace Leat.Bench.Nexmark;

/// <summary>One query as a Leat job: one file a query.</summary>
internal interface INexmarkQuery
{
    /// <summary>q0 to q23; the loop of the same name says what is right.</summary>
    string Name { get; }

    /// <summary>
    /// A new job over the union <see cref="NexmarkEvent"/> of <paramref name="events"/> in order of arrival, event time from <see cref="NexmarkEvent.DateTime"/>, 4 s of disorder allowed.
    /// Its result goes to <paramref name="answer"/> through a callback sink, as the row type of the loop.
    /// </summary>
    StreamJob Job(NexmarkEvents events, NexmarkAnswer answer);
}
