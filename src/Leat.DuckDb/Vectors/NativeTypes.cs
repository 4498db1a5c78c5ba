using System.Collections.Frozen;
using System.Runtime.InteropServices;
using Leat.Core;

namespace Leat.DuckDb;

/// <summary>Leat's types as the engine's.</summary>
internal static unsafe class NativeTypes
{
    private static readonly FrozenDictionary<DataType, NativeType> Plain = LogicalTypes.PlainTypes().ToFrozenDictionary(pair => pair.Type, pair => pair.Native);

    /// <summary>The engine's type of the same layout, the caller's to dispose.</summary>
    public static LogicalTypeHandle Make(DataType type)
    {
        switch (type.Kind)
        {
            case TypeKind.Decimal: return NativeMethods.duckdb_create_decimal_type(type.Width, type.Scale);
            case TypeKind.Enum: return MakeEnum(type);
            case TypeKind.Struct or TypeKind.Union: return MakeMembers(type);
            case TypeKind.List or TypeKind.Array or TypeKind.Map:
                using (var child = Make(type.Children[0].Type))
                {
                    if (type.Kind == TypeKind.List) return NativeMethods.duckdb_create_list_type(child);
                    if (type.Kind == TypeKind.Array) return NativeMethods.duckdb_create_array_type(child, (ulong)type.Length);
                    using var value = Make(type.Children[1].Type);
                    return NativeMethods.duckdb_create_map_type(child, value);
                }

            default: return NativeMethods.duckdb_create_logical_type(Plain[type]);
        }
    }

    /// <summary>Calls <paramref name="use"/> with the types of all columns.</summary>
    public static T With<T>(Schema schema, Func<nint, int, T> use)
    {
        var handles = schema.Select(field => Make(field.Type)).ToArray();
        try
        {
            var raw = handles.Select(handle => handle.DangerousGetHandle()).ToArray();
            fixed (nint* types = raw) return use((nint)types, raw.Length);
        }
        finally
        {
            foreach (var handle in handles) handle.Dispose();
        }
    }

    private static LogicalTypeHandle MakeMembers(DataType type)
    {
        var names = type.Children.Select(field => Marshal.StringToCoTaskMemUTF8(field.Name)).ToArray();
        try
        {
            return With(new Schema(type.Children), (types, count) =>
            {
                fixed (nint* namesPointer = names)
                {
                    return type.Kind == TypeKind.Struct
                        ? NativeMethods.duckdb_create_struct_type((nint*)types, namesPointer, (ulong)count)
                        : NativeMethods.duckdb_create_union_type((nint*)types, namesPointer, (ulong)count);
                }
            });
        }
        finally
        {
            foreach (var name in names) Marshal.FreeCoTaskMem(name);
        }
    }

    private static LogicalTypeHandle MakeEnum(DataType type)
    {
        var labels = type.Labels.Select(Marshal.StringToCoTaskMemUTF8).ToArray();
        try
        {
            fixed (nint* pointer = labels) return NativeMethods.duckdb_create_enum_type(pointer, (ulong)labels.Length);
        }
        finally
        {
            foreach (var label in labels) Marshal.FreeCoTaskMem(label);
        }
    }
}
