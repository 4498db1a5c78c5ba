using Leat.Conformance;

namespace Leat.Log.Tests;

public sealed class EmbeddedTransactionContractTests : TransactionContract, IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private EmbeddedLog _log = null!;

    protected override IEventLog Log => _log;

    public Task InitializeAsync()
    {
        _log = EmbeddedLog.Open(_folder.Path, Coordinators.Parts());
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _log.DisposeAsync();

    public void Dispose() => _folder.Dispose();
}
