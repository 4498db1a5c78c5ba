namespace System.Runtime.CompilerServices;

/// <summary>What records need of the runtime and this target does not have.</summary>
internal static class IsExternalInit;
