using Microsoft.Extensions.Logging;

namespace Leat.Host.Composition;

/// <summary>Log lines as plain text on the error stream: level, room, message.</summary>
internal sealed class TalkLoggerProvider(TextWriter talk) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(talk, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(TextWriter talk, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = $"{Word(logLevel)} {category}: {formatter(state, exception)}";
            lock (talk) talk.WriteLine(exception is null ? line : $"{line}\n{exception.Message}");
        }

        private static string Word(LogLevel level) => level switch
        {
            LogLevel.Critical or LogLevel.Error => "error",
            LogLevel.Warning => "warning",
            _ => "info",
        };
    }
}
