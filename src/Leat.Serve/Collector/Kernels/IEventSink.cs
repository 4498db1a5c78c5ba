namespace Leat.Serve.Collector.Kernels;

/// <summary>Takes events as they are cut out of a body.</summary>
internal interface IEventSink
{
    /// <summary>One event without surrounding white space; valid during the call. Not checked yet.</summary>
    /// <param name="line">Line of an NDJSON body or element of an array, counted from 1.</param>
    /// <param name="json">The bytes.</param>
    void OnEvent(long line, ReadOnlySpan<byte> json);

    /// <summary>An event that cannot be taken out of the body at all.</summary>
    void OnBroken(long line, string code, string reason);
}
