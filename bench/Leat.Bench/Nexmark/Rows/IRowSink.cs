namespace Leat.Bench.Nexmark;

/// <summary>Takes the rows of a query. A struct, so that the loop is compiled for it.</summary>
internal interface IRowSink<TRow>
    where TRow : struct
{
    void Add(in TRow row);
}
