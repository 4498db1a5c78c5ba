using System.Text;
using Leat.Core;

namespace Leat.Bench.Log;

/// <summary>A librdkafka client with settings.</summary>
internal static unsafe class KafkaSettings
{
    private const int ErrorBytes = 512;

    public static nint Client(int kind, params IEnumerable<(string Name, string Value)> settings)
    {
        var error = stackalloc byte[ErrorBytes];
        var handle = Librdkafka.NewSettings();
        foreach (var (name, value) in settings)
        {
            if (Librdkafka.Set(handle, name, value, error, ErrorBytes) != 0) throw Failed(error);
        }
        var client = Librdkafka.New(kind, handle, error, ErrorBytes);
        return client != 0 ? client : throw Failed(error);
    }

    private static LeatException Failed(byte* error)
    {
        var text = new ReadOnlySpan<byte>(error, ErrorBytes);
        return new LeatException("LEAT7033", $"librdkafka refuses: {Encoding.UTF8.GetString(text[..text.IndexOf((byte)0)])}", "librdkafka", "use librdkafka 2.0 or newer (Debian: librdkafka1)", Fault.External);
    }
}
