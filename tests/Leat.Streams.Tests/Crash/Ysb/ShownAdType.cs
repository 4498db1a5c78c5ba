namespace Leat.Streams.Tests;

internal enum ShownAdType
{
    View,
    Click,
    Purchase,
}
