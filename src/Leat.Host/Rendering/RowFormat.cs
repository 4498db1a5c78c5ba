namespace Leat.Host.Rendering;

/// <summary>How rows of a query are printed.</summary>
internal enum RowFormat
{
    Table,
    Csv,
    Json,
}
