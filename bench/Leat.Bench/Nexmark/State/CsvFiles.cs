using System.Buffers.Text;
using System.Text;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>CSV files at dt=yyyy-MM-dd/hm=HH:mm in a folder: auction, bidder, price, time, extra, without a header. A minute is marked by _SUCCESS a minute of event time after its end, or at the end of the input, which is the disposal.</summary>
internal sealed class CsvFiles(string folder) : IDisposable
{
    private const int LongestLine = 4096;
    private static readonly TimeSpan CommitDelay = TimeSpan.FromMinutes(1);
    private readonly byte[] _buffer = new byte[1 << 20];
    private readonly List<(string Minute, DateTime CommitAt)> _uncommitted = [];
    private FileStream? _file;
    private (Text Day, Text Minute) _open;
    private byte[] _minute = [];
    private int _used;

    /// <summary>Appends a line to the file of the row's minute, which has to be the last one's or a new one.</summary>
    public void Write(in Q10Row row)
    {
        if (row.Minute != _open.Minute || row.Day != _open.Day) Move(row);
        if (_used > _buffer.Length - LongestLine) Flush();
        Put(row.Auction, ',');
        Put(row.Bidder, ',');
        Put(row.Price, ',');
        PutTime(row.DateTime);
        row.Extra.Bytes.CopyTo(_buffer.AsSpan(_used));
        _used += row.Extra.Length;
        _buffer[_used++] = (byte)'\n';
    }

    public void Dispose()
    {
        Flush();
        _file?.Dispose();
        Commit(DateTime.MaxValue);
    }

    private void Move(in Q10Row row)
    {
        Flush();
        _file?.Dispose();
        Commit(row.DateTime);
        _open = (row.Day, row.Minute);
        _minute = Encoding.UTF8.GetBytes($"{row.Day} {row.Minute}:");
        var minute = Path.Combine(folder, $"dt={row.Day}", $"hm={row.Minute}");
        Directory.CreateDirectory(minute);
        _file = new FileStream(Path.Combine(minute, "part-0.csv"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, 0);
        var start = row.DateTime.AddTicks(-(row.DateTime.Ticks % TimeSpan.TicksPerMinute));
        _uncommitted.Add((minute, start + TimeSpan.FromMinutes(1) + CommitDelay));
    }

    private void Commit(DateTime time)
    {
        foreach (var (minute, at) in _uncommitted)
            if (at <= time) File.WriteAllBytes(Path.Combine(minute, "_SUCCESS"), []);
        _uncommitted.RemoveAll(u => u.CommitAt <= time);
    }

    private void Flush()
    {
        _file?.Write(_buffer, 0, _used);
        _used = 0;
    }

    private void Put(long value, char end)
    {
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_used), out var written);
        _used += written;
        _buffer[_used++] = (byte)end;
    }

    private void PutTime(DateTime time)
    {
        _minute.CopyTo(_buffer.AsSpan(_used));
        _used += _minute.Length;
        var ms = (int)(time.Ticks % TimeSpan.TicksPerMinute / TimeSpan.TicksPerMillisecond);
        PutDigits(ms / 1000, 2);
        _buffer[_used++] = (byte)'.';
        PutDigits(ms % 1000, 3);
        _buffer[_used++] = (byte)',';
    }

    private void PutDigits(int value, int digits)
    {
        for (var place = _used + digits - 1; place >= _used; place--, value /= 10) _buffer[place] = (byte)('0' + (value % 10));
        _used += digits;
    }
}
