using System.Text;
using Leat.Core;
using Leat.Log;

namespace Leat.Ingest.Landing;

/// <summary>Rows of a dead-letter topic: the record as text with the reason it was set aside for.</summary>
internal sealed class DeadLetterRows : IRecordRows
{
    public Schema Schema => LandedColumns.Quarantine;

    public string? Append(in LogRecord record, int partition, BatchBuilder builder)
    {
        builder[0].AppendText(record.IsTombstone ? null : Encoding.UTF8.GetString(record.Value));
        builder[1].AppendText(record.TryGetHeader(WellKnownHeaders.DeadLetterCode, out var code) ? code : null);
        builder[2].AppendText(record.TryGetHeader(WellKnownHeaders.DeadLetterReason, out var reason) ? reason : null);
        builder[3].AppendText(record.TryGetHeader(WellKnownHeaders.DeadLetterSource, out var source) ? source : null);
        builder[4].Append(partition);
        builder[5].Append(record.Offset);
        builder[6].AppendStored(record.TimestampMs * 1000);
        builder.EndRow();
        return null;
    }
}
