namespace Leat.Models.Jinja;

/// <summary>The names that a template finds beyond its own: functions, context members, macros.</summary>
internal interface INames
{
    bool TryGet(string name, out object? value);

    /// <summary>For "did you mean".</summary>
    IEnumerable<string> Known { get; }
}
