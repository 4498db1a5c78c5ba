using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Leat.Core;
using Leat.Streams.Decoding;
using Leat.Streams.Kernels;

namespace Leat.Streams.Keys;

/// <summary>How one simple value of a key is copied, saved, loaded, shown and read from text. Called by compiled code.</summary>
internal static class KeyLeaf
{
    public static bool Supports(Type type) => Values.Supports(type) && type != typeof(float) && type != typeof(double);

    public static Expression Copy(Expression value, Expression arena) =>
        value.Type == typeof(Text) ? Expression.Call(arena, typeof(TextArena).GetMethod(nameof(TextArena.Copy), [typeof(Text)])!, value) : value;

    public static Expression Write(Expression value, Expression writer)
    {
        if (value.Type == typeof(DateTime)) return Call(nameof(WriteTime), writer, value);
        if (value.Type == typeof(DateOnly)) return Call(nameof(WriteDate), writer, value);
        var (method, type) = Codec(value.Type);
        return Expression.Call(writer, typeof(StateWriter).GetMethod(method)!, value.Type == type ? value : Expression.Convert(value, type));
    }

    public static Expression Read(Type type, Expression reader, Expression arena)
    {
        if (type == typeof(Text)) return Expression.Call(reader, typeof(StateReader).GetMethod(nameof(StateReader.Text))!, arena);
        if (type == typeof(DateTime)) return Call(nameof(ReadTime), reader);
        if (type == typeof(DateOnly)) return Call(nameof(ReadDate), reader);
        var (method, stored) = Codec(type);
        var value = Expression.Call(reader, typeof(StateReader).GetMethod(method)!);
        return stored == type ? value : Expression.Convert(value, type);
    }

    public static Expression Box(Expression value)
    {
        if (value.Type == typeof(Text)) return Expression.Convert(Expression.Call(value, nameof(Text.ToString), null), typeof(object));
        if (value.Type.IsEnum) return Expression.Convert(Expression.Call(typeof(KeyLeaf), nameof(EnumName), [value.Type], value), typeof(object));
        return Expression.Convert(value, typeof(object));
    }

    /// <summary>Text form of a boxed value, as it stands in queries.</summary>
    public static string Show(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>The value that <see cref="Show"/> shows as <paramref name="text"/>, or null when there is none.</summary>
    public static object? Parse(Type type, string text, TextArena arena)
    {
        if (type == typeof(string)) return text;
        if (type == typeof(Text)) return arena.Copy(Encoding.UTF8.GetBytes(text));
        if (type == typeof(bool)) return bool.TryParse(text, out var flag) ? flag : null;
        if (type == typeof(Guid)) return Guid.TryParse(text, out var guid) ? guid : null;
        if (type == typeof(DateOnly)) return DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var date) ? date : null;
        if (type == typeof(DateTime)) return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? time : null;
        if (type == typeof(decimal)) return decimal.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().FirstOrDefault(v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()!) == text);
        if (!long.TryParse(text, CultureInfo.InvariantCulture, out var integer)) return null;
        try
        {
            return Convert.ChangeType(integer, type, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    public static string EnumName<TEnum>(TEnum value)
        where TEnum : struct, Enum => EnumShow<TEnum>.Names.TryGetValue(value, out var name) ? name : value.ToString();

    public static void WriteTime(StateWriter writer, DateTime value) => writer.Number(value.Ticks);

    public static void WriteDate(StateWriter writer, DateOnly value) => writer.Number(value.DayNumber);

    public static DateTime ReadTime(StateReader reader) => new(reader.Number(), DateTimeKind.Utc);

    public static DateOnly ReadDate(StateReader reader) => DateOnly.FromDayNumber((int)reader.Number());

    private static (string Method, Type Stored) Codec(Type type)
    {
        if (type == typeof(Text)) return (nameof(StateWriter.Text), type);
        if (type == typeof(string)) return (nameof(StateWriter.String), type);
        if (type == typeof(bool)) return (nameof(StateWriter.Boolean), type);
        if (type == typeof(decimal)) return (nameof(StateWriter.Decimal), type);
        if (type == typeof(double) || type == typeof(float)) return (nameof(StateWriter.Float), typeof(double));
        return type == typeof(Guid) ? (nameof(StateWriter.Uuid), type) : (nameof(StateWriter.Number), typeof(long));
    }

    private static MethodCallExpression Call(string name, params Expression[] arguments) =>
        Expression.Call(typeof(KeyLeaf).GetMethod(name, BindingFlags.Static | BindingFlags.Public)!, arguments);

    private static class EnumShow<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> Names = Enum.GetValues<TEnum>().Distinct().ToDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));
    }
}
