namespace Leat.Models.Tests.Runs;

/// <summary>Keeps what a run said.</summary>
internal sealed class RecordingOutput : IModelsOutput
{
    public List<string> Lines { get; } = [];

    public void Line(string text) => Lines.Add(text);

    public void Started(int index, int total, string name, ResourceType type)
    {
    }

    public void Finished(int index, int total, NodeResult result) => Lines.Add($"{result.Name} {result.Status}");
}
