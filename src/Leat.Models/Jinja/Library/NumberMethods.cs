using System.Numerics;

namespace Leat.Models.Jinja;

/// <summary>Methods of numbers.</summary>
internal static class NumberMethods
{
    public static Func<CallArguments, object?>? Find(object? target, string name) => (name, target) switch
    {
        ("is_integer", double number) => _ => number == Math.Floor(number),
        ("is_integer", long or BigInteger) => _ => true,
        ("bit_length", long or BigInteger) => _ => (long)BigInteger.Abs(PyNumbers.ToBig(target!)).GetBitLength(),
        ("conjugate", _) => _ => target,
        _ => null,
    };
}
