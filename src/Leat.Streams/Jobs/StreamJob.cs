namespace Leat.Streams;

/// <summary>A stream job of the user: derive, define the graph, register with <c>app.AddStream&lt;T&gt;()</c>.</summary>
public abstract class StreamJob
{
    /// <summary>Name of the job; default: the class name in snake_case.</summary>
    public virtual string Name => JobNames.FromType(GetType());

    /// <summary>Builds the graph. Called once a start; must not read the outside world, and always build the same.</summary>
    protected abstract void Define(JobBuilder job);

    internal void Build(JobBuilder job) => Define(job);
}
