using Leat.Host.CommandLine;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Host;

/// <summary>What a project adds to Leat.</summary>
public sealed class LeatAppBuilder
{
    private readonly List<Action<IServiceCollection>> _services = [];
    private readonly List<Verb> _verbs = [];

    /// <summary>Registers services: stream jobs with <c>AddStream&lt;T&gt;()</c>, flows with <c>AddFlow&lt;T&gt;()</c>, connectors.</summary>
    public LeatAppBuilder ConfigureServices(Action<IServiceCollection> configure)
    {
        _services.Add(configure);
        return this;
    }

    /// <summary>Adds a verb to the command line.</summary>
    public LeatAppBuilder AddVerb(Verb verb)
    {
        _verbs.Add(verb);
        return this;
    }

    internal IReadOnlyList<Verb> Verbs => _verbs;

    internal void Apply(IServiceCollection services)
    {
        foreach (var configure in _services) configure(services);
    }
}
