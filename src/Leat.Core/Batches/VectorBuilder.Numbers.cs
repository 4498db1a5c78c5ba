namespace Leat.Core;

public sealed partial class VectorBuilder
{
    /// <summary>An integer; into a narrower integer, a decimal or a float column where it fits exactly; into dates and times in their stored unit.</summary>
    public void Append(long value)
    {
        if (_kind == TypeKind.Int64) Put(value);
        else AppendInteger(value);
    }

    /// <inheritdoc cref="Append(long)"/>
    public void Append(int value)
    {
        if (_kind == TypeKind.Int32) Put(value);
        else AppendInteger(value);
    }

    /// <inheritdoc cref="Append(long)"/>
    public void Append(short value) => AppendInteger(value);

    /// <inheritdoc cref="Append(long)"/>
    public void Append(sbyte value) => AppendInteger(value);

    /// <inheritdoc cref="Append(long)"/>
    public void Append(ulong value) => AppendInteger(value);

    /// <inheritdoc cref="Append(long)"/>
    public void Append(uint value) => AppendInteger(value);

    /// <inheritdoc cref="Append(long)"/>
    public void Append(ushort value) => AppendInteger(value);

    /// <inheritdoc cref="Append(long)"/>
    public void Append(byte value) => AppendInteger(value);

    /// <inheritdoc cref="Append(long)"/>
    public void Append(Int128 value) => AppendInteger(value);

    /// <inheritdoc cref="Append(long)"/>
    public void Append(UInt128 value)
    {
        if (_kind == TypeKind.UInt128) Put(value);
        else if (value > (UInt128)Int128.MaxValue) throw BatchErrors.DoesNotFit(value, _field);
        else AppendInteger((Int128)value);
    }

    /// <summary>A float; a FLOAT column takes the nearest, a DECIMAL column only an exact one.</summary>
    public void Append(double value)
    {
        if (_kind == TypeKind.Float64) Put(value);
        else if (_kind == TypeKind.Float32) Put((float)value);
        else if (_kind == TypeKind.Decimal && Math.Abs(value) < 7.9e27) AppendDecimal((decimal)value);
        else throw BatchErrors.DoesNotFit(value, _field);
    }

    /// <inheritdoc cref="Append(double)"/>
    public void Append(float value)
    {
        if (_kind == TypeKind.Float32) Put(value);
        else Append((double)value);
    }

    public void Append(bool value)
    {
        if (_kind != TypeKind.Boolean) throw BatchErrors.DoesNotFit(value, _field);
        Put(value ? (byte)1 : (byte)0);
    }

    /// <summary>A decimal, scaled exactly to the column's width and scale; LEAT1080 where digits would be lost.</summary>
    public void AppendDecimal(decimal value)
    {
        if (_kind is TypeKind.Float64 or TypeKind.Float32)
        {
            Append((double)value);
            return;
        }

        var unscaled = DecimalScale.Unscaled(value, out var scale);
        AppendScaled(unscaled, scale, value);
    }

    /// <summary>A decimal of more than 28 digits, scaled exactly to the column's width and scale.</summary>
    public void AppendDecimal(ScaledDecimal value) => AppendScaled(value.Unscaled, value.Scale, value);

    private void AppendScaled(Int128 unscaled, int scale, object given)
    {
        var type = Type;
        if (_kind != TypeKind.Decimal)
        {
            if (!DecimalScale.TryRescale(unscaled, scale, 0, 38, out var whole)) throw BatchErrors.DoesNotFit(given, _field);
            AppendInteger(whole);
            return;
        }

        if (!DecimalScale.TryRescale(unscaled, scale, type.Scale, type.Width, out var stored)) throw BatchErrors.DoesNotFit(given, _field);
        switch (_valueSize)
        {
            case 2: Put((short)stored); break;
            case 4: Put((int)stored); break;
            case 8: Put((long)stored); break;
            default: Put(stored); break;
        }
    }

    private void AppendInteger(Int128 value)
    {
        if (_kind == TypeKind.Decimal)
        {
            AppendScaled(value, 0, value);
            return;
        }

        if (!Fits(value)) throw BatchErrors.DoesNotFit(value, _field);
        switch (_kind)
        {
            case TypeKind.Float32: Put((float)value); break;
            case TypeKind.Float64: Put((double)value); break;
            default: PutInteger(value); break;
        }
    }

    private void PutInteger(Int128 value)
    {
        switch (_valueSize)
        {
            case 1: Put(unchecked((byte)value)); break;
            case 2: Put(unchecked((short)value)); break;
            case 4: Put(unchecked((int)value)); break;
            case 8: Put(unchecked((long)value)); break;
            default: Put(value); break;
        }
    }

    private bool Fits(Int128 value) => _kind switch
    {
        TypeKind.Int8 => value >= sbyte.MinValue && value <= sbyte.MaxValue,
        TypeKind.Int16 => value >= short.MinValue && value <= short.MaxValue,
        TypeKind.Int32 or TypeKind.Date => value >= int.MinValue && value <= int.MaxValue,
        TypeKind.UInt8 => value >= 0 && value <= byte.MaxValue,
        TypeKind.UInt16 => value >= 0 && value <= ushort.MaxValue,
        TypeKind.UInt32 => value >= 0 && value <= uint.MaxValue,
        TypeKind.UInt64 or TypeKind.TimeTz => value >= 0 && value <= ulong.MaxValue,
        TypeKind.UInt128 => value >= 0,
        TypeKind.Int128 => true,
        TypeKind.Float32 => Int128.Abs(value) <= 1 << 24,
        TypeKind.Float64 => Int128.Abs(value) <= 1L << 53,
        TypeKind.Enum => value >= 0 && value < Type.Labels.Length,
        TypeKind.Int64 or TypeKind.Time or TypeKind.TimeNs or TypeKind.Timestamp or TypeKind.TimestampS or TypeKind.TimestampMs or TypeKind.TimestampNs or TypeKind.TimestampTz
            => value >= long.MinValue && value <= long.MaxValue,
        _ => false,
    };
}
