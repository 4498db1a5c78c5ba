using Leat.Streams.Views;

namespace Leat.Serve.Tests.Fakes;

internal sealed class FakeViewStore(params FakeView[] views) : IViewStore, IDisposable
{
    public bool IsDisposed { get; private set; }

    public IReadOnlyList<IView> List() => views;

    public IView? Find(string name) => views.FirstOrDefault(v => v.Name == name);

    public void Dispose() => IsDisposed = true;
}
