using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Leat.Core;

namespace Storefront.Replay;

/// <summary>Sends events to Leat's collector over HTTP and retries what may be retried, under the same idempotency key.</summary>
internal sealed class CollectorClient(Uri address, TimeProvider time) : IDisposable
{
    private const int MaxTries = 40;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = Timeout.InfiniteTimeSpan }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Posts NDJSON events; returns what the collector did with them.</summary>
    public Task<CollectorAnswer> SendAsync(string topic, byte[] body, string key, CancellationToken ct) => PostAsync($"/v1/events/{topic}", body, "application/x-ndjson", key, ct);

    /// <summary>Promises that no event before <paramref name="at"/> follows.</summary>
    public Task<CollectorAnswer> SendWatermarkAsync(string topic, DateTime at, string key, CancellationToken ct) =>
        PostAsync($"/v1/events/{topic}/watermark", JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["at"] = at.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture) }), "application/json", key, ct);

    private async Task<CollectorAnswer> PostAsync(string path, byte[] body, string type, string key, CancellationToken ct)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
                request.Headers.Add("Idempotency-Key", key);
                using var response = await _http.SendAsync(request, ct);
                var text = await response.Content.ReadAsByteArrayAsync(ct);
                if (response.IsSuccessStatusCode) return CollectorAnswer.Parse(text);
                if (!MayRetry(response.StatusCode) || attempt >= MaxTries) throw Refused(path, response.StatusCode, text);
            }
            catch (HttpRequestException e) when (attempt >= MaxTries)
            {
                throw new LeatException("LEAT8002", $"the collector cannot be reached: {e.Message}", $"{_http.BaseAddress}{path}", "see the log of 'leat up'", Fault.External, Retry.WithBackoff, e);
            }
            catch (HttpRequestException)
            {
                // Retried below under the same key, so nothing is stored twice.
            }
            await Task.Delay(pause, time, ct);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static bool MayRetry(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.InsufficientStorage;

    private static LeatException Refused(string path, HttpStatusCode status, byte[] body) =>
        new("LEAT8003", $"the collector answered {(int)status}: {System.Text.Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 500)))}", path, "the answer above says what to do", Fault.External);

    public void Dispose() => _http.Dispose();
}
