using Leat.Flows;

namespace Storefront.Flows;

/// <summary>Every night: build the models from what has landed, and test them.</summary>
internal sealed class DailyBatch : Flow
{
    protected override void Define(FlowBuilder flow)
    {
        flow.Schedule("10 2 * * *");
        flow.Task("transform", "models").Retry(2, TimeSpan.FromSeconds(10)).Timeout(TimeSpan.FromMinutes(30));
    }
}
