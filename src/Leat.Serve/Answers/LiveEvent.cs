using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace Leat.Serve.Answers;

/// <summary>Writes server-sent events with JSON data.</summary>
internal sealed class LiveEvent(PipeWriter output)
{
    /// <summary>One event. JSON never holds a line break here, so one data line is enough.</summary>
    public void Write(string name, long id, Action<Utf8JsonWriter> data)
    {
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"event: {name}\nid: {id}\ndata: "), output);
        using (var json = new Utf8JsonWriter(output, JsonAnswer.Options)) data(json);
        output.Write("\n\n"u8);
    }
}
