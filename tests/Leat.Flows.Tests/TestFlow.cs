namespace Leat.Flows.Tests;

/// <summary>A flow given by a lambda.</summary>
internal sealed class TestFlow(string name, Action<FlowBuilder> define) : Flow
{
    public override string Name => name;

    protected override void Define(FlowBuilder flow) => define(flow);
}
