namespace Leat.Bench.Nexmark;

/// <summary>Keeps every row in canonical form; for small runs.</summary>
internal readonly struct ListSink<TRow>(List<string> rows) : IRowSink<TRow>
    where TRow : struct
{
    public void Add(in TRow row) => rows.Add(row.ToString()!);
}
