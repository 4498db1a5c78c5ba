namespace Leat.Host.Owner;

/// <summary>A command line to run inside the owner.</summary>
internal sealed record OwnerRequest(string[] Args, bool IsTerminal, bool UsesColour, string WorkingFolder);
