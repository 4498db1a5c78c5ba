namespace Leat.Streams.Aggregates;

/// <summary>Results as the type they are asked for, without a box.</summary>
internal static class TypedResult
{
    /// <returns>False: it is of another type.</returns>
    public static bool TryAs<TValue, TResult>(TValue value, out TResult result)
        where TValue : struct
    {
        if (typeof(TResult) == typeof(TValue))
        {
            result = (TResult)(object)value; // the compiler of the runtime leaves the box out
            return true;
        }

        result = default!;
        return false;
    }
}
