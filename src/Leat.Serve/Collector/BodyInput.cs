using System.IO.Compression;
using System.IO.Pipelines;
using Leat.Serve.Collector.Kernels;
using Leat.Serve.Problems;
using Microsoft.AspNetCore.Http;

namespace Leat.Serve.Collector;

/// <summary>Reads a body piece by piece into events; counts decompressed bytes against the limits.</summary>
internal sealed class BodyInput(ServerOptions options)
{
    /// <returns>Bytes read, decompressed.</returns>
    /// <exception cref="ProblemException">LEAT6013 unknown encoding; LEAT6018 too large; LEAT6024 too many bytes in flight; LEAT6027 damaged compression.</exception>
    public async Task<long> ReadAsync(HttpContext http, IEventSink sink, CollectorGate.Lease lease)
    {
        if (http.Request.ContentLength is { } announced)
        {
            if (announced > options.MaxBodyBytes) throw TooLarge();
            lease.Reserve(announced);
        }
        using var splitter = Splitter(http);
        var input = Open(http);
        try
        {
            return await PumpAsync(input, splitter, sink, lease, http.RequestAborted).ConfigureAwait(false);
        }
        catch (InvalidDataException error)
        {
            throw new ProblemException(new Problem(400, "LEAT6027", $"the compressed body is damaged: {error.Message}", "request body", "compress it again, or send it without Content-Encoding"));
        }
        finally
        {
            if (!ReferenceEquals(input, http.Request.BodyReader)) await input.CompleteAsync().ConfigureAwait(false);
        }
    }

    private async Task<long> PumpAsync(PipeReader input, EventSplitter splitter, IEventSink sink, CollectorGate.Lease lease, CancellationToken ct)
    {
        var total = 0L;
        while (true)
        {
            var read = await input.ReadAsync(ct).ConfigureAwait(false);
            total += read.Buffer.Length;
            if (total > options.MaxBodyBytes) throw TooLarge();
            lease.Reserve(total);
            foreach (var piece in read.Buffer) splitter.Feed(piece.Span, sink);
            input.AdvanceTo(read.Buffer.End);
            if (!read.IsCompleted) continue;
            splitter.End(sink);
            return total;
        }
    }

    private EventSplitter Splitter(HttpContext http) =>
        http.Request.ContentType!.StartsWith("application/x-ndjson", StringComparison.OrdinalIgnoreCase) ? new LineSplitter(options.MaxLineBytes) : new JsonSplitter(options.MaxLineBytes);

    private static PipeReader Open(HttpContext http) => http.Request.Headers.ContentEncoding.ToString() switch
    {
        "" or "identity" => http.Request.BodyReader,
        "gzip" => PipeReader.Create(new GZipStream(http.Request.Body, CompressionMode.Decompress), new StreamPipeReaderOptions(bufferSize: 64 << 10)),
        "br" => PipeReader.Create(new BrotliStream(http.Request.Body, CompressionMode.Decompress), new StreamPipeReaderOptions(bufferSize: 64 << 10)),
        var other => throw new ProblemException(new Problem(415, "LEAT6013", $"a body encoded as '{other}' is not taken", "header Content-Encoding", "use gzip, br or none")),
    };

    private ProblemException TooLarge() => new(new Problem(
        413, "LEAT6018", $"the body is larger than {options.MaxBodyBytes} bytes; nothing of it was stored", "request body", "send smaller bodies (500 to 5,000 events are a good size), or raise server.max_body_bytes"));
}
