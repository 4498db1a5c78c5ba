using Leat.Core;
using Leat.Streams.Operators;
using Leat.Streams.Sinks;
using Leat.Streams.Views;

namespace Leat.Streams.Windows;

/// <summary>What a job knows of a window operator, whatever its key and row types. At each watermark it closes windows, hands their rows to the sinks, and drops what nobody keeps.</summary>
internal abstract class WindowOperator : StatefulOperator
{
    /// <summary>Columns of the results.</summary>
    public abstract Schema Schema { get; }

    public IJobView? View { get; protected set; }

    public List<LakeSink> LakeSinks { get; } = [];

    public List<TopicTarget> TopicTargets { get; } = [];

    public string? LateTopic { get; set; }

    public abstract void AddView(string name, TimeSpan keep);
}
