namespace Leat.Ingest;

/// <summary>What a load does to the rows that are there.</summary>
public enum LoadMode
{
    /// <summary>Rows of new and changed files are added.</summary>
    Append,

    /// <summary>When any file is new, changed or gone, all rows are replaced by those of the present files.</summary>
    Replace,
}
