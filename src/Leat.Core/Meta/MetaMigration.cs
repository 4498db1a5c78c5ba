namespace Leat.Core;

internal static class MetaMigration
{
    /// <summary>Runs the steps that are not recorded in <c>leat_schema</c> yet, recording each in the same transaction.</summary>
    /// <exception cref="LeatException">LEAT1012 the file was written by a newer Leat.</exception>
    public static void Apply(IMetaTransaction transaction, MetaSchema schema, string file)
    {
        transaction.Execute("CREATE TABLE IF NOT EXISTS leat_schema (room TEXT NOT NULL, step INTEGER NOT NULL, PRIMARY KEY (room, step)) WITHOUT ROWID");
        var done = transaction.Query("SELECT coalesce(max(step), 0) FROM leat_schema WHERE room = @0", row => row.GetInt32(0), schema.Room)[0];
        if (done > schema.Steps.Length)
        {
            throw new LeatException("LEAT1012", $"the tables of '{schema.Room}' are at step {done}; this Leat knows {schema.Steps.Length}", file, "run the newer Leat that wrote the file, or restore the data folder from before");
        }
        for (var step = done + 1; step <= schema.Steps.Length; step++)
        {
            transaction.Execute(schema.Steps[step - 1]);
            transaction.Execute("INSERT INTO leat_schema (room, step) VALUES (@0, @1)", schema.Room, step);
        }
    }
}
