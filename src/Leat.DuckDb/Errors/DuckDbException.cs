using Leat.Core;

namespace Leat.DuckDb;

/// <summary>The engine refused or failed a statement. Code LEAT1110-1119 by kind of error.</summary>
public sealed class DuckDbException : LeatException
{
    internal DuckDbException(DuckDbFailure failure, Exception? cause)
        : base(failure.Code, failure.Message, failure.Where, failure.Todo, failure.Fault, failure.Retry, cause)
    {
        ErrorType = failure.ErrorType;
        Line = failure.Line;
        ColumnNumber = failure.ColumnNumber;
        EngineMessage = failure.Message;
    }

    /// <summary>The engine's kind of error: "Parser", "Binder", "Catalog", "Conversion", ...; empty when it named none.</summary>
    public string ErrorType { get; }

    /// <summary>The engine's message without kind and source excerpt.</summary>
    public string EngineMessage { get; }

    /// <summary>Line of the statement, counted from 1, where the engine named one.</summary>
    public int? Line { get; }

    /// <summary>Character in the line, counted from 1, where the engine named one.</summary>
    public int? ColumnNumber { get; }
}
