using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Leat.Serve.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace Leat.Serve.Answers;

/// <summary>Sends server-sent events until the client leaves or the server stops. Counts its connections, which are bounded.</summary>
internal sealed class LiveAnswer(ServerOptions options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private int _clients;

    /// <summary>Connections open now.</summary>
    public int Clients => Volatile.Read(ref _clients);

    /// <summary>Sends <paramref name="first"/> (read after the subscription started, so that nothing falls between), then each frame; a heartbeat in silence.</summary>
    /// <param name="http">The request.</param>
    /// <param name="frames">Frames from now on.</param>
    /// <param name="first">Writes the first event; null = none.</param>
    /// <param name="write">Writes one frame.</param>
    public async Task SendAsync<T>(HttpContext http, Func<CancellationToken, IAsyncEnumerable<T>> frames, Action<LiveEvent>? first, Action<LiveEvent, T> write)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        Enter();
        try
        {
            await PumpAsync(http, frames(ending.Token), first, write, ending).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client left or the server stops: the ordinary end of a live connection.
        }
        finally
        {
            Interlocked.Decrement(ref _clients);
        }
    }

    private async Task PumpAsync<T>(HttpContext http, IAsyncEnumerable<T> frames, Action<LiveEvent>? first, Action<LiveEvent, T> write, CancellationTokenSource ending)
    {
        var reader = frames.GetAsyncEnumerator(ending.Token);
        await using var disposal = reader.ConfigureAwait(false);
        var next = reader.MoveNextAsync().AsTask();
        try
        {
            var live = await BeginAsync(http, first, ending.Token).ConfigureAwait(false);
            while (true)
            {
                if (!await ArrivedAsync(next, ending.Token).ConfigureAwait(false)) http.Response.BodyWriter.Write(": heartbeat\n\n"u8);
                else
                {
                    if (!await next.ConfigureAwait(false)) return;
                    write(live, reader.Current);
                    next = reader.MoveNextAsync().AsTask();
                }
                await http.Response.BodyWriter.FlushAsync(ending.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            // An enumerator may only be disposed when no move is under way.
            await ending.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> ArrivedAsync(Task next, CancellationToken ct)
    {
        try
        {
            await next.WaitAsync(options.Heartbeat, time, ct).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException) when (!next.IsCompleted)
        {
            return false;
        }
    }

    private static async Task<LiveEvent> BeginAsync(HttpContext http, Action<LiveEvent>? first, CancellationToken ct)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var live = new LiveEvent(http.Response.BodyWriter);
        if (first is null) http.Response.BodyWriter.Write(": connected\n\n"u8);
        else first(live);
        await http.Response.BodyWriter.FlushAsync(ct).ConfigureAwait(false);
        return live;
    }

    private void Enter()
    {
        if (Interlocked.Increment(ref _clients) <= options.MaxLiveClients) return;
        Interlocked.Decrement(ref _clients);
        throw new ProblemException(new Problem(
            503, "LEAT6033", $"{options.MaxLiveClients} live connections are open, which is the limit", "server.max_live_clients", "close pages that are not needed, or raise the setting", 5));
    }
}
