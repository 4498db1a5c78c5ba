namespace Leat.Quality;

/// <summary>What is wrong with one value; the message is made only when there is something wrong.</summary>
internal enum FieldFault
{
    None,
    WrongType,
    OutOfRange,
    NotAccepted,
    NoMatch,
}
