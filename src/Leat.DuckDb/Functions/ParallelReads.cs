using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>The scalar function <c>leat_take(id, columns...)</c>, which hands the columns to the read of that id and gives a value a row.</summary>
internal sealed unsafe class ParallelReads
{
    private const string Name = "leat_take";
    private readonly ConcurrentDictionary<long, ParallelRead> _reads = new();

    /// <summary>Registers the function, once a database.</summary>
    public static void Register(ConnectionHandle connection, ParallelReads reads)
    {
        using var function = NativeMethods.duckdb_create_scalar_function();
        NativeMethods.duckdb_scalar_function_set_name(function, Name);
        using (var id = NativeMethods.duckdb_create_logical_type(NativeType.BigInt)) NativeMethods.duckdb_scalar_function_add_parameter(function, id);
        using (var any = NativeMethods.duckdb_create_logical_type(NativeType.Any)) NativeMethods.duckdb_scalar_function_set_varargs(function, any);
        using (var flag = NativeMethods.duckdb_create_logical_type(NativeType.Boolean)) NativeMethods.duckdb_scalar_function_set_return_type(function, flag);
        NativeMethods.duckdb_scalar_function_set_special_handling(function);
        NativeMethods.duckdb_scalar_function_set_volatile(function);
        NativeMethods.duckdb_scalar_function_set_extra_info(function, NativeData.Hold(reads), NativeData.Release);
        NativeMethods.duckdb_scalar_function_set_function(function, &Take);
        if (NativeMethods.duckdb_register_scalar_function(connection, function) != NativeMethods.Success)
            throw new LeatException("LEAT1124", $"function '{Name}' cannot be registered", "database", "this is a bug in Leat, please report", Fault.Internal);
    }

    /// <summary>Offers a read under an id that no other statement can guess.</summary>
    public long Add(ParallelRead read)
    {
        while (true)
        {
            var id = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long)));
            if (_reads.TryAdd(id, read)) return id;
        }
    }

    public void Remove(long id) => _reads.TryRemove(id, out _);

    /// <summary>The statement that runs <paramref name="sql"/> and gives each of its chunks to the read.</summary>
    public static string Statement(long id, string sql, int columns)
    {
        var names = string.Join(", ", Enumerable.Range(0, columns).Select(column => $"c{column}"));
        return $"SELECT count({Name}('{id}'::BIGINT, {names})) FROM query('{sql.Replace("'", "''", StringComparison.Ordinal)}') AS r({names})";
    }

    [UnmanagedCallersOnly]
    private static void Take(nint info, nint chunk, nint result)
    {
        var reads = NativeData.Get<ParallelReads>(NativeMethods.duckdb_scalar_function_get_extra_info(info));
        try
        {
            if (reads.Handle(chunk) is { } error) NativeMethods.duckdb_scalar_function_set_error(info, error);
        }
        catch (Exception exception)
        {
            NativeMethods.duckdb_scalar_function_set_error(info, exception.Message);
        }
    }

    private string? Handle(nint chunk)
    {
        if (NativeMethods.duckdb_data_chunk_get_size(chunk) == 0) return null;
        var ids = NativeMethods.duckdb_data_chunk_get_vector(chunk, 0);
        var validity = NativeMethods.duckdb_vector_get_validity(ids);
        var id = *(long*)NativeMethods.duckdb_vector_get_data(ids);
        if (validity is not null && (*validity & 1) == 0) return $"{Name} needs the id of a read";
        return _reads.TryGetValue(id, out var read) ? read.Take(chunk) : $"no read has the id {id}";
    }
}
