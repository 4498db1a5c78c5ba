namespace Leat.Log;

/// <summary>Settings of an open topic; replaced as a whole when they change.</summary>
internal sealed class TopicState(TopicOptions options)
{
    private volatile TopicOptions _options = options;
    private volatile bool _isRetired;

    /// <summary>The topic is being removed: its files may be gone already.</summary>
    public bool IsRetired
    {
        get => _isRetired;
        set => _isRetired = value;
    }

    public TopicOptions Options
    {
        get => _options;
        set => _options = value;
    }
}
