namespace Leat.Host;

/// <summary>How to run a whole project in this process.</summary>
/// <param name="ProjectFolder">Absolute path of the project.</param>
/// <param name="Target">Target; null = the project's default.</param>
/// <param name="Port">Port that replaces the project's; 0 = any free one; null = as in leat.yml.</param>
/// <param name="Prepare">Called with the data folder after the lock is taken and before anything is opened.</param>
public sealed record UpSettings(string ProjectFolder, string? Target = null, int? Port = null, Action<string>? Prepare = null);
