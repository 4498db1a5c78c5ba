using Leat.Core;

namespace Leat.Log;

public sealed partial class EmbeddedLog
{
    private static readonly TimeSpan ShortestTransaction = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stopLoading = new();
    private Task _loading = Task.CompletedTask;
    private EmbeddedGroups? _groups;
    private GroupCoordinator? _groupCoordinator;
    private TransactionCoordinator? _transactionCoordinator;

    public IConsumerGroups Groups => Opened(_groups);

    /// <summary>Groups as the Kafka port needs them.</summary>
    internal GroupCoordinator GroupCoordinator => Opened(_groupCoordinator);

    /// <summary>Transactions as the Kafka port needs them.</summary>
    internal TransactionCoordinator TransactionCoordinator => Opened(_transactionCoordinator);

    public async ValueTask<ITransactionalProducer> OpenProducerAsync(string transactionalId, TimeSpan timeout, CancellationToken ct)
    {
        if (transactionalId.Length is 0 or > 249) throw LogErrors.InvalidOption("transactional id", $"'{transactionalId}'", "1 to 249 characters");
        var longest = _parts.Options.Transactions.MaxTimeout;
        if (timeout < ShortestTransaction || timeout > longest) throw LogErrors.InvalidOption("transaction timeout", timeout, $"{ShortestTransaction} to {longest}");
        var answer = await TransactionCoordinator.InitProducerIdAsync(new InitProducerId(transactionalId, timeout), ct).ConfigureAwait(false);
        if (answer.Failure is { } failure) throw failure;
        if (answer.Error != KafkaError.None) throw LogErrors.Coordinator($"transactional id {transactionalId}", answer.Error);
        return new EmbeddedTransactionalProducer(this, TransactionCoordinator, transactionalId, answer, _parts.Options.MaxBatchBytes);
    }

    /// <summary>After the partitions are open: reads what the coordinators kept and finishes transactions that were decided. Calls that need it wait.</summary>
    private void StartCoordinators()
    {
        _groupCoordinator = new GroupCoordinator(this, this, _parts);
        _transactionCoordinator = new TransactionCoordinator(this, this, _groupCoordinator, _parts);
        _groups = new EmbeddedGroups(new GroupScene(this, this, _groupCoordinator, _parts.Time));
        _loading = Task.Run(LoadCoordinatorsAsync);
    }

    /// <summary>Before the partitions are closed.</summary>
    private async Task StopCoordinatorsAsync()
    {
        await _stopLoading.CancelAsync().ConfigureAwait(false);
        await _loading.ConfigureAwait(false);
        if (_transactionCoordinator is not null) await _transactionCoordinator.DisposeAsync().ConfigureAwait(false);
        if (_groupCoordinator is not null) await _groupCoordinator.DisposeAsync().ConfigureAwait(false);
        _stopLoading.Dispose();
    }

    /// <summary>When it fails, every call that needs a coordinator fails with the same error; plain reading and appending go on.</summary>
    private async Task LoadCoordinatorsAsync()
    {
        try
        {
            await Task.WhenAll(_groupCoordinator!.LoadAsync(_stopLoading.Token), _transactionCoordinator!.LoadAsync(_stopLoading.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopLoading.IsCancellationRequested)
        {
            _parts.Logger.CoordinatorWorkEnded("reading groups and transactions");
        }
        catch (Exception e)
        {
            _parts.Logger.CoordinatorWorkFailed("reading groups and transactions", e);
        }
    }

    private T Opened<T>(T? part)
        where T : class
    {
        ThrowIfDisposed();
        return part ?? throw new InvalidOperationException("the log is not open yet");
    }
}
