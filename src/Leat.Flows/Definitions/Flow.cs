using Leat.Core;

namespace Leat.Flows;

/// <summary>A flow written in C#: tasks, what they wait for, and when it runs. Register it with <c>AddFlow</c>.</summary>
public abstract class Flow
{
    /// <summary>Name in commands and history; by default the class's name in snake_case, without a trailing "Flow".</summary>
    public virtual string Name
    {
        get
        {
            var name = GetType().Name;
            return SnakeCase.Of(name.Length > 4 && name.EndsWith("Flow", StringComparison.Ordinal) ? name[..^4] : name);
        }
    }

    /// <summary>Declares tasks and schedule. Called once, when flows are loaded.</summary>
    protected abstract void Define(FlowBuilder flow);

    /// <summary>The flow as a plain record.</summary>
    /// <exception cref="LeatException">LEAT5002-5008: the definition cannot run.</exception>
    public FlowDefinition ToDefinition()
    {
        var builder = new FlowBuilder(Name, GetType().FullName ?? Name);
        Define(builder);
        return builder.Build();
    }
}
