using System.Collections;
using System.Numerics;

namespace Leat.Core;

public sealed partial class VectorBuilder
{
    /// <summary>A boxed value, as <see cref="Column.GetValue"/> gives it, or any number, text or time that fits. For comfort and tests; slow.</summary>
    /// <exception cref="LeatException">LEAT1080 the value does not fit the type.</exception>
    public void AppendValue(object? value)
    {
        switch (value)
        {
            case null or DBNull: AppendNull(); break;
            case string text: AppendText(text); break;
            case Text text: AppendText(text); break;
            case bool flag: Append(flag); break;
            case double number: Append(number); break;
            case float number: Append(number); break;
            case decimal number: AppendDecimal(number); break;
            case ScaledDecimal number: AppendDecimal(number); break;
            case BigInteger number: AppendBigNum(number); break;
            case UInt128 number: Append(number); break;
            case byte[] bytes: AppendBlob(bytes); break;
            case Guid uuid: AppendUuid(uuid); break;
            default:
                if (!TryAppendTime(value) && !TryAppendInteger(value) && !TryAppendNested(value)) throw BatchErrors.DoesNotFit(value, _field);
                break;
        }
    }

    private bool TryAppendInteger(object value)
    {
        Int128? integer = value switch
        {
            long n => n,
            int n => n,
            short n => n,
            sbyte n => n,
            ulong n => n,
            uint n => n,
            ushort n => n,
            byte n => n,
            Int128 n => n,
            _ => null,
        };
        if (integer is null) return false;
        if (_kind == TypeKind.BigNum) AppendBigNum((BigInteger)integer.Value);
        else AppendInteger(integer.Value);
        return true;
    }

    private bool TryAppendTime(object value)
    {
        switch (value)
        {
            case DateOnly date: AppendDate(date); return true;
            case DateTime time when _kind == TypeKind.Date && time.TimeOfDay == TimeSpan.Zero: AppendDate(DateOnly.FromDateTime(time)); return true;
            case DateTime time: AppendTimestamp(time); return true;
            case DateTimeOffset time: AppendTimestamp(time); return true;
            case TimeOnly time: AppendTime(time); return true;
            case TimeWithOffset time: AppendTime(time); return true;
            case TimeSpan span when _kind == TypeKind.Interval: AppendInterval(IntervalValue.From(span)); return true;
            case TimeSpan span: AppendTime(span); return true;
            case IntervalValue interval: AppendInterval(interval); return true;
            default: return false;
        }
    }

    private bool TryAppendNested(object value)
    {
        switch (_kind)
        {
            case TypeKind.Map when value is IEnumerable<KeyValuePair<object?, object?>> pairs: AppendPairs(pairs); return true;
            case TypeKind.Map when value is IDictionary pairs: AppendPairs(pairs.Keys.Cast<object?>().Select(key => KeyValuePair.Create(key, pairs[key!]))); return true;
            case TypeKind.Struct when value is IReadOnlyDictionary<string, object?> members: AppendMembers(members); return true;
            case TypeKind.Union when value is UnionValue member: AppendMember(member); return true;
            case TypeKind.List or TypeKind.Array when value is IEnumerable elements: AppendElements(elements); return true;
            default: return false;
        }
    }

    private void AppendElements(IEnumerable elements)
    {
        BeginList();
        foreach (var element in elements) _children[0].AppendValue(element);
        EndList();
    }

    private void AppendPairs(IEnumerable<KeyValuePair<object?, object?>> pairs)
    {
        BeginList();
        foreach (var (key, value) in pairs)
        {
            _children[0].AppendValue(key);
            _children[1].AppendValue(value);
        }

        EndList();
    }

    private void AppendMembers(IReadOnlyDictionary<string, object?> members)
    {
        for (var i = 0; i < _children.Length; i++) _children[i].AppendValue(members.GetValueOrDefault(BoxedValues.MemberName(Type, i)));
        EndStruct();
    }

    private void AppendMember(UnionValue value)
    {
        for (var i = 0; i < Type.Children.Length; i++)
        {
            if (!string.Equals(Type.Children[i].Name, value.Member, StringComparison.Ordinal)) continue;
            Child(i).AppendValue(value.Value);
            EndUnion(i);
            return;
        }

        throw BatchErrors.DoesNotFit(value, _field);
    }
}
