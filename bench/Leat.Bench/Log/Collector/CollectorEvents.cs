using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Leat.Bench.Log;

/// <summary>A request of 100 events as bytes, and what each event must look like when it is read again.</summary>
internal sealed class CollectorEvents
{
    public const int EventsABody = 100;
    public const string Topic = "bench-events";
    public const string Source = """
        sources:
          - name: bench_events
            kind: collector
            topic: bench-events
            partitions: 2
            key: user_id
            event_time: event_time
            contract:
              on_violation: quarantine
              unknown_fields: reject
              fields:
                - { name: event_id, type: text, required: true }
                - { name: event_time, type: timestamp, required: true }
                - { name: event_type, type: text, required: true, accepted: [page_view, add_to_cart, checkout, payment] }
                - { name: user_id, type: text, required: true }
                - { name: page, type: text }
                - { name: campaign, type: text }
                - { name: amount, type: "decimal(18,2)", min: 0 }
                - { name: user_agent, type: text }
        """;
    private const int ClientDigits = 3;
    private const int NumberDigits = 9;
    private static readonly string[] Types = ["page_view", "add_to_cart", "checkout", "payment"];
    private static readonly int TagAt = """{"event_id":" """.Length - 1;
    private readonly byte[] _request;
    private readonly int _head;
    private readonly int[] _starts = new int[EventsABody + 1];

    public CollectorEvents(int port)
    {
        var body = new StringBuilder();
        for (var slot = 0; slot < EventsABody; slot++)
        {
            _starts[slot] = body.Length;
            body.Append(CultureInfo.InvariantCulture, $$"""{"event_id":"{{new string('0', ClientDigits)}}-{{new string('0', NumberDigits)}}","event_time":"2026-01-05T10:00:{{slot % 60:00}}.{{slot:000}}Z","event_type":"{{Types[slot % Types.Length]}}","user_id":"user-{{slot * 7919 % 100_003:000000}}","page":"/products/{{slot:0000}}","campaign":"spring","amount":{{slot}}.50,"user_agent":"Mozilla/5.0 (X11; Linux)"}""").Append('\n');
        }
        _starts[EventsABody] = body.Length;
        var head = $"POST /v1/events/{Topic} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-ndjson\r\nContent-Length: {body.Length}\r\n\r\n";
        _head = head.Length;
        _request = Encoding.ASCII.GetBytes(head + body);
        EventBytes = _starts[1] - 1;
    }

    /// <summary>Bytes of an event without its line end; all have about as many.</summary>
    public int EventBytes { get; }

    /// <summary>The request whose events are numbered from <paramref name="number"/> on.</summary>
    public ReadOnlySpan<byte> Stamp(int client, long number)
    {
        for (var slot = 0; slot < EventsABody; slot++)
        {
            var tag = _request.AsSpan(_head + _starts[slot] + TagAt);
            _ = Utf8Formatter.TryFormat(client, tag, out _, new System.Buffers.StandardFormat('D', ClientDigits));
            _ = Utf8Formatter.TryFormat(number + slot, tag[(ClientDigits + 1)..], out _, new System.Buffers.StandardFormat('D', NumberDigits));
        }
        return _request;
    }

    /// <summary>Client and number of a stored event; (-1, 0) when it is not, byte for byte, what was sent.</summary>
    public (int Client, long Number) Recognise(ReadOnlySpan<byte> value)
    {
        var tag = value[TagAt..];
        if (!Utf8Parser.TryParse(tag[..ClientDigits], out int client, out _) || !Utf8Parser.TryParse(tag.Slice(ClientDigits + 1, NumberDigits), out long number, out _)) return (-1, 0);
        var slot = (int)(number % EventsABody);
        var sent = _request.AsSpan(_head + _starts[slot], _starts[slot + 1] - 1 - _starts[slot]);
        const int TagEnd = ClientDigits + 1 + NumberDigits;
        return value[..TagAt].SequenceEqual(sent[..TagAt]) && tag[TagEnd..].SequenceEqual(sent[(TagAt + TagEnd)..]) ? (client, number) : (-1, 0);
    }
}
