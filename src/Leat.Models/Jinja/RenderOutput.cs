using System.Text;

namespace Leat.Models.Jinja;

/// <summary>Rendered text, optionally with a map from its offsets back to the template's.</summary>
internal sealed class RenderOutput(bool mapped = false)
{
    private readonly List<(int Rendered, int Source, bool Verbatim)>? _map = mapped ? [] : null;

    public StringBuilder Text { get; } = new();

    public void Append(int sourceOffset, string text, bool verbatim)
    {
        _map?.Add((Text.Length, sourceOffset, verbatim));
        Text.Append(text);
    }

    public RenderMap ToMap(SourceText source) => new(source, Text.ToString(), _map?.ToArray() ?? []);
}
