using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Leat.Serve.Tests.Fakes;

/// <summary>Keeps warnings and errors that the server logs.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    /// <summary>Lines so far.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) Lines.Enqueue($"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
