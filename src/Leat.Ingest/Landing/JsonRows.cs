using Leat.Core;
using Leat.Ingest.Kernels;
using Leat.Log;

namespace Leat.Ingest.Landing;

/// <summary>Rows of a collector's topic: the declared members of each JSON object as text; without a contract the whole record.</summary>
internal sealed class JsonRows : IRecordRows
{
    private readonly JsonColumns? _columns;
    private readonly string _topic;

    public JsonRows(SourceDefinition.Collector source)
    {
        _topic = source.Topic.Topic;
        Schema = LandedColumns.Records(source.Contract);
        if (source.Contract is { } contract) _columns = new JsonColumns([.. contract.Fields.Select(f => f.Name)], contract.AllowUnknown);
    }

    public Schema Schema { get; }

    public string? Append(in LogRecord record, int partition, BatchBuilder builder)
    {
        var columns = 1;
        if (_columns is null)
        {
            if (!System.Text.Unicode.Utf8.IsValid(record.Value)) return "it is not UTF-8";
            builder[0].AppendText(record.Value);
        }
        else
        {
            if (_columns.Read(record.Value) is { } problem) return problem;
            _columns.Append(record.Value, builder);
            columns = _columns.ColumnCount;
        }
        builder[columns].AppendText(_topic);
        builder[columns + 1].Append(partition);
        builder[columns + 2].Append(record.Offset);
        builder[columns + 3].AppendStored(record.TimestampMs * 1000);
        builder.EndRow();
        return null;
    }
}
