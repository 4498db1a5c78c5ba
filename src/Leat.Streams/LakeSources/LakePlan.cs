namespace Leat.Streams.LakeSources;

/// <summary>What a lake source reads.</summary>
/// <param name="Table">Name of the table.</param>
/// <param name="Options">How.</param>
/// <param name="ReadsChanges">Rows that went are read too.</param>
internal sealed record LakePlan(string Table, LakeReadOptions Options, bool ReadsChanges)
{
    /// <summary>Name of the source in checkpoints and figures.</summary>
    public string SourceName => ReadsChanges ? $"lake.{Table}.changes" : $"lake.{Table}";
}
