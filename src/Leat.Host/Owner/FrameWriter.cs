using System.Text;

namespace Leat.Host.Owner;

/// <summary>A text writer whose text arrives at the caller of the owner as frames; flushed at each line end and at 16 kB.</summary>
internal sealed class FrameWriter(FrameStream frames, OwnerFrame kind) : TextWriter
{
    private const int FlushChars = 16 * 1024;
    private readonly StringBuilder _pending = new();
    private readonly Lock _gate = new();
    private Task _sent = Task.CompletedTask;

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value)) return;
        lock (_gate)
        {
            _pending.Append(value);
            if (value[^1] == '\n' || _pending.Length >= FlushChars) Send();
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Flush()
    {
        lock (_gate) Send();
    }

    /// <summary>Everything written so far is on its way to the caller.</summary>
    public override Task FlushAsync()
    {
        lock (_gate)
        {
            Send();
            return _sent;
        }
    }

    private void Send()
    {
        if (_pending.Length == 0) return;
        var bytes = Encoding.UTF8.GetBytes(_pending.ToString());
        _pending.Clear();
        _sent = AfterAsync(_sent, bytes);
    }

    private async Task AfterAsync(Task before, byte[] bytes)
    {
        await before;
        await frames.WriteAsync(kind, bytes, CancellationToken.None);
    }
}
