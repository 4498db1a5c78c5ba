namespace Leat.Streams.Views;

/// <summary>What a reader of a view is promised.</summary>
public enum ViewConsistency
{
    /// <summary>The newest values; may roll back to the last checkpoint after a crash.</summary>
    Fresh,

    /// <summary>Values as of the last committed checkpoint; never roll back.</summary>
    Committed,
}
