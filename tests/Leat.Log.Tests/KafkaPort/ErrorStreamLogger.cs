using Microsoft.Extensions.Logging;

namespace Leat.Log.Tests;

/// <summary>Log lines from "information" on, on the error stream.</summary>
internal sealed class ErrorStreamLogger : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) Console.Error.WriteLine($"{logLevel} {eventId.Id}: {formatter(state, exception)}{(exception is null ? "" : $"\n{exception}")}");
    }
}
