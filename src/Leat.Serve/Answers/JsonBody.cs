using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Leat.Serve.Problems;
using Microsoft.AspNetCore.Http;

namespace Leat.Serve.Answers;

/// <summary>Small JSON bodies (not events), at most 1 MB.</summary>
internal static class JsonBody
{
    private const int MaxBytes = 1 << 20;

    /// <exception cref="ProblemException">LEAT6018 too large; LEAT6021 not JSON or not of this shape.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> shape)
    {
        var input = http.Request.BodyReader;
        while (true)
        {
            var read = await input.ReadAsync(http.RequestAborted).ConfigureAwait(false);
            if (read.Buffer.Length > MaxBytes) throw new ProblemException(new Problem(413, "LEAT6018", $"the body is larger than {MaxBytes} bytes", "request body", "send a smaller body"));
            if (!read.IsCompleted)
            {
                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }
            try
            {
                return Parse(read.Buffer, shape);
            }
            finally
            {
                input.AdvanceTo(read.Buffer.End);
            }
        }
    }

    private static T Parse<T>(ReadOnlySequence<byte> body, JsonTypeInfo<T> shape)
    {
        try
        {
            var json = new Utf8JsonReader(body);
            return JsonSerializer.Deserialize(ref json, shape) ?? throw Wrong("the body is null", "request body");
        }
        catch (JsonException error)
        {
            throw Wrong(error.Message, $"request body, line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}");
        }
    }

    private static ProblemException Wrong(string what, string where) => new(new Problem(400, "LEAT6021", what, where, "see /openapi.json for the shape of this body"));
}
