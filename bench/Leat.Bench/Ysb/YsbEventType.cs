namespace Leat.Bench.Ysb;

internal enum YsbEventType
{
    View,
    Click,
    Purchase,
}
