namespace Leat.Lake;

/// <summary>Name of a table: "table" or "schema.table".</summary>
internal readonly record struct TableName(string? Schema, string Table)
{
    /// <summary>Path of the table below the lake folder, with '/'.</summary>
    public string Folder => Schema is null ? Table : $"{Schema}/{Table}";

    /// <exception cref="Leat.Core.LeatException">LEAT3001 not a table name.</exception>
    public static TableName Parse(string name) => TryParse(name, out var parsed) ? parsed : throw LakeErrors.InvalidName(name);

    public static bool TryParse(string name, out TableName parsed)
    {
        var parts = name.Split('.');
        parsed = parts.Length == 2 ? new TableName(parts[0], parts[1]) : new TableName(null, parts[0]);
        return parts.Length <= 2 && parts.All(IsPlain);
    }

    public override string ToString() => Schema is null ? Table : $"{Schema}.{Table}";

    private static bool IsPlain(string part) =>
        part.Length is > 0 and <= 128 && (char.IsAsciiLetter(part[0]) || part[0] == '_') && part != "_delta_log" && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
