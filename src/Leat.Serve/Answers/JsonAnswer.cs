using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Leat.Serve.Answers;

/// <summary>JSON answers that are never cached.</summary>
internal static class JsonAnswer
{
    /// <summary>Quotes and other letters stand as they are: nothing here is put into HTML, and people read it.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync<T>(HttpContext http, T value, JsonTypeInfo<T> shape, int status = StatusCodes.Status200OK) =>
        WriteAsync(http, json => JsonSerializer.Serialize(json, value, shape), status);

    public static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        Begin(http, status);
        var json = new Utf8JsonWriter(http.Response.BodyWriter, Options);
        await using (json.ConfigureAwait(false))
        {
            write(json);
        }
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }

    public static void Begin(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
    }
}
