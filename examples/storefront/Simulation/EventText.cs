using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Storefront.Simulation;

/// <summary>Writes events as JSON objects.</summary>
internal sealed class EventText : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly Utf8JsonWriter _json;

    public EventText() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

    /// <summary>An invoice line, shaped like those of the replay.</summary>
    public byte[] Sale(EventHead head, string invoice, Product product, int quantity)
    {
        Begin(head.Id);
        _json.WriteString("invoice_no", invoice);
        _json.WriteString("stock_code", product.StockCode);
        _json.WriteString("description", product.Name);
        _json.WriteNumber("quantity", quantity);
        WriteTime("invoice_date", head.At);
        _json.WriteNumber("unit_price", product.Price);
        _json.WriteString("customer_id", head.Customer.Id);
        _json.WriteString("country", head.Customer.Country);
        return End();
    }

    /// <summary>Something that happened to an ad; cost in pounds.</summary>
    public byte[] Ad(EventHead head, string type, (Campaign Campaign, string Ad) shown, decimal cost)
    {
        Begin(head.Id);
        _json.WriteString("event_type", type);
        WriteTime("event_time", head.At);
        _json.WriteString("ad_id", shown.Ad);
        _json.WriteString("campaign", shown.Campaign.Name);
        _json.WriteString("customer_id", head.Customer.Id);
        _json.WriteNumber("cost", cost);
        return End();
    }

    /// <summary>Something a visitor did in the shop.</summary>
    public byte[] Visit(EventHead head, string type, Product? product, decimal? amount)
    {
        Begin(head.Id);
        _json.WriteString("event_type", type);
        WriteTime("event_time", head.At);
        _json.WriteString("customer_id", head.Customer.Id);
        if (product is not null) _json.WriteString("page", $"/product/{product.StockCode}");
        if (product is not null) _json.WriteString("stock_code", product.StockCode);
        if (amount is not null) _json.WriteNumber("amount", amount.Value);
        return End();
    }

    private void Begin(string id)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("event_id", id);
    }

    private byte[] End()
    {
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    private void WriteTime(string name, DateTime at)
    {
        Span<char> text = stackalloc char[32];
        at.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        _json.WriteString(name, text[..length]);
    }

    public void Dispose() => _json.Dispose();
}
