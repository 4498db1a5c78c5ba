namespace Leat.Streams.Tests;

internal enum AccessorKind
{
    A = 3,
    B = 7,
}
