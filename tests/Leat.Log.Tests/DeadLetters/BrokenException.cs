namespace Leat.Log.Tests.DeadLetters;

/// <summary>The process would have been gone here.</summary>
internal sealed class BrokenException() : Exception("killed here");
