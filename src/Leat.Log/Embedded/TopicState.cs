namespace Leat.Log;

/// <summary>Settings of an open topic; replaced as a whole when they change.</summary>
internal sealed class TopicState(TopicOptions options)
{
    private volatile TopicOptions _options = options;

    public TopicOptions Options
    {
        get => _options;
        set => _options = value;
    }
}
