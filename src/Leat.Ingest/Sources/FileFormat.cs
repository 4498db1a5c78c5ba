namespace Leat.Ingest;

/// <summary>Formats of files.</summary>
public enum FileFormat
{
    /// <summary>Comma-separated values, also compressed (.gz, .zst).</summary>
    Csv,

    /// <summary>One JSON object a line, also compressed.</summary>
    Ndjson,

    /// <summary>Parquet; its own types are kept.</summary>
    Parquet,
}
