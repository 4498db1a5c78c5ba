namespace Leat.Core;

/// <summary>An error about data, configuration or an outside system, with place and remedy. Codes are listed in docs/errors.md.</summary>
/// <param name="code">Stable code, "LEAT" and four digits; one thousand-range a room.</param>
/// <param name="what">What happened: the offending value, both sides of a mismatch, the allowed range. Never a secret or a whole row.</param>
/// <param name="where">File with line and column, topic with offset, table with version, setting by name.</param>
/// <param name="todo">What the reader should do next.</param>
/// <param name="fault">Who has to act.</param>
/// <param name="retry">Whether the same call can succeed later.</param>
/// <param name="cause">The original error.</param>
public class LeatException(string code, string what, string where, string todo, Fault fault = Fault.User, Retry retry = Retry.Never, Exception? cause = null)
    : Exception($"{code}: {what}\n  at {where}\n  fix: {todo}", cause)
{
    /// <summary>Stable code, for example LEAT1404.</summary>
    public string Code => code;

    /// <summary>What happened.</summary>
    public string What => what;

    /// <summary>Where it happened.</summary>
    public string Where => where;

    /// <summary>What to do.</summary>
    public string Todo => todo;

    /// <summary>Who has to act.</summary>
    public Fault Fault => fault;

    /// <summary>Whether the same call can succeed later.</summary>
    public Retry Retry => retry;
}
