using System.Text;
using Leat.Serve.Collector.Kernels;

namespace Leat.Serve.Tests.Collector.Kernels;

internal sealed class RecordingSink : IEventSink
{
    public List<string> Seen { get; } = [];

    public void OnEvent(long line, ReadOnlySpan<byte> json) => Seen.Add($"{line}:{Encoding.UTF8.GetString(json)}");

    public void OnBroken(long line, string code, string reason) => Seen.Add($"{line}!{code}");
}
