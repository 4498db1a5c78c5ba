using Leat.Core;
using Leat.Log;

namespace Leat.Ingest.Landing;

/// <summary>Turns records of one topic into rows of one table. Owned by one landing at a time.</summary>
internal interface IRecordRows
{
    /// <summary>Columns of the rows.</summary>
    Schema Schema { get; }

    /// <summary>Appends a row for the record.</summary>
    /// <returns>Null, or why the record cannot be a row; nothing is appended then.</returns>
    string? Append(in LogRecord record, int partition, BatchBuilder builder);
}
