namespace Leat.Streams.Decoding;

/// <summary>Turns record values into the job's record type, many at a time. One thread; made once a worker. A generated decoder replaces the built-in one by being registered in <see cref="RecordDecoders"/>.</summary>
/// <typeparam name="T">The job's record type; texts in it are valid until the next call.</typeparam>
public interface IRecordDecoder<T> : IDisposable
{
    /// <summary>Decodes <paramref name="count"/> records into the same places of <paramref name="rows"/>.</summary>
    /// <param name="records">Where the bytes are.</param>
    /// <param name="count">How many.</param>
    /// <param name="rows">Receives the rows; places of failed records hold anything.</param>
    /// <param name="faults">Receives one entry a failed record, in order of index.</param>
    void Decode(RecordSlice[] records, int count, T[] rows, List<DecodeFault> faults);
}
