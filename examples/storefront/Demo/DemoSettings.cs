using Leat.Host;

namespace Storefront.Demo;

/// <summary>What both forms of the demo share.</summary>
/// <param name="ProjectFolder">Absolute path of the project.</param>
/// <param name="Once">End after one pass.</param>
/// <param name="Port">Port of the page; null = the project's.</param>
internal sealed record DemoSettings(string ProjectFolder, bool Once, int? Port)
{
    /// <summary>How to run the project for the demo.</summary>
    public UpSettings ToUp(DemoState state) => new(ProjectFolder, Port: Port, Prepare: _ => state.Prepare(Once));
}
