using System.Globalization;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Worker.Terminal;

/// <summary>Writes log lines to standard error, every one of them masked.</summary>
internal sealed class MaskedLoggerFactory(TextWriter output, SecretMasker secrets, LogLevel level) : ILoggerFactory
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new MaskedLogger(output, secrets, level);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("Log lines go to standard error alone.");

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class MaskedLogger(TextWriter output, SecretMasker secrets, LogLevel level) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= level && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }
            var text = exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception.Message}";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {Word(logLevel)} {PrintableText.Of(secrets.Mask(text))}"));
        }

        private static string Word(LogLevel level) => level switch
        {
            LogLevel.Trace or LogLevel.Debug => "DEBUG",
            LogLevel.Information => "INFO ",
            LogLevel.Warning => "WARN ",
            _ => "ERROR",
        };
    }
}
