namespace Leat.Streams.Views;

/// <summary>A view as its job sees it.</summary>
internal interface IJobView : IView
{
    /// <summary>Tells the watermark and latency that answers carry.</summary>
    void Report(long watermark, double? latencyMs);
}
