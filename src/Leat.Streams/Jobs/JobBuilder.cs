namespace Leat.Streams;

/// <summary>Collects the operators of one job.</summary>
public sealed class JobBuilder
{
}
