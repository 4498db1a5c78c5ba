namespace Leat.DuckDb;

/// <summary>While it lives, a cancelled token interrupts the connection, again and again until the engine has noticed (an interrupt before the statement starts is forgotten by the engine).</summary>
internal sealed class InterruptScope : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);
    private readonly ConnectionHandle _connection;
    private readonly CancellationTokenRegistration _registration;
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private bool _isOver;

    public InterruptScope(ConnectionHandle connection, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        _connection = connection;
        _registration = ct.CanBeCanceled ? ct.UnsafeRegister(static scope => ((InterruptScope)scope!).Start(), this) : default;
    }

    public void Dispose()
    {
        _registration.Dispose();
        lock (_gate)
        {
            _isOver = true;
            _timer?.Dispose();
        }
    }

    private void Start()
    {
        lock (_gate)
        {
            if (!_isOver) _timer = TimeProvider.System.CreateTimer(static scope => ((InterruptScope)scope!).Interrupt(), this, TimeSpan.Zero, Again);
        }
    }

    private void Interrupt()
    {
        lock (_gate)
        {
            if (!_isOver && !_connection.IsClosed) NativeMethods.duckdb_interrupt(_connection);
        }
    }
}
