using Leat.Storage;
using Leat.Streams.Keys;
using Leat.Streams.Kernels;

namespace Leat.Streams.State.Spill;

/// <summary>Makes one run of several, the newest entry of each key.</summary>
/// <param name="shape">Of the keys.</param>
/// <param name="runs">Oldest first.</param>
internal sealed class SpillMerge<TKey>(KeyShape<TKey> shape, IReadOnlyList<SpillRun> runs)
{
    private readonly HashSet<TKey> _seen = [];

    /// <param name="file">Of the new run.</param>
    /// <param name="keepGone">Older runs stay, so that marks of gone keys are still needed.</param>
    public SpillRun Run(DurableFile file, bool keepGone)
    {
        using var texts = new TextArena();
        var writer = new SpillWriter(file, runs.Sum(r => r.Count));
        var inputs = runs.Select(r => new Input(r.ReadAll())).ToList();
        while (inputs.Exists(i => i.Has))
        {
            var hash = inputs.Where(i => i.Has).Min(i => i.Entry.Hash);
            for (var i = inputs.Count - 1; i >= 0; i--)
            {
                for (; inputs[i].Has && inputs[i].Entry.Hash == hash; inputs[i].Next())
                    if (IsFirst(inputs[i].Entry, texts) && (keepGone || !inputs[i].Entry.IsGone)) writer.Add(inputs[i].Entry);
            }

            _seen.Clear();
            texts.Reset();
        }

        foreach (var input in inputs) input.Reader.Dispose();
        return writer.Finish();
    }

    private bool IsFirst(SpillEntry entry, TextArena texts) => _seen.Add(shape.Read(new StateReader(entry.Bytes), texts));

    private sealed class Input
    {
        private SpillEntry _entry;

        public Input(SpillReader reader)
        {
            Reader = reader;
            Next();
        }

        public SpillReader Reader { get; }

        public bool Has { get; private set; }

        public SpillEntry Entry => _entry;

        public void Next() => Has = Reader.TryRead(out _entry);
    }
}
