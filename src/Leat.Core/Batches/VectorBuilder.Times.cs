namespace Leat.Core;

public sealed partial class VectorBuilder
{
    public void AppendDate(DateOnly value)
    {
        if (_kind == TypeKind.Date) Put(StoredTime.Days(value));
        else AppendTimestamp(value.ToDateTime(TimeOnly.MinValue));
    }

    /// <summary>A point in time in the unit of the column; finer digits are cut towards the past. A local time becomes UTC, every other is taken as it is.</summary>
    public void AppendTimestamp(DateTime value)
    {
        if (_kind is not (TypeKind.Timestamp or TypeKind.TimestampS or TypeKind.TimestampMs or TypeKind.TimestampNs or TypeKind.TimestampTz)) throw BatchErrors.DoesNotFit(value, _field);
        Put(StoredTime.Units(value, _kind));
    }

    /// <summary>A point in time, as UTC.</summary>
    public void AppendTimestamp(DateTimeOffset value) => AppendTimestamp(value.UtcDateTime);

    /// <summary>A time of day; finer digits than the column's are cut.</summary>
    public void AppendTime(TimeOnly value) => AppendTime(value.ToTimeSpan());

    /// <summary>A time of day with offset, for TIME WITH TIME ZONE columns.</summary>
    public void AppendTime(TimeWithOffset value)
    {
        if (_kind != TypeKind.TimeTz) throw BatchErrors.DoesNotFit(value, _field);
        Put(value.Pack());
    }

    public void AppendInterval(IntervalValue value)
    {
        if (_kind != TypeKind.Interval) throw BatchErrors.DoesNotFit(value, _field);
        Put(value);
    }

    public void AppendUuid(Guid value)
    {
        if (_kind != TypeKind.Uuid) throw BatchErrors.DoesNotFit(value, _field);
        Put(StoredUuid.From(value));
    }

    private void AppendTime(TimeSpan value)
    {
        if (value < TimeSpan.Zero || value.Ticks > TimeSpan.TicksPerDay) throw BatchErrors.DoesNotFit(value, _field);
        switch (_kind)
        {
            case TypeKind.Time: Put(value.Ticks / TimeSpan.TicksPerMicrosecond); break;
            case TypeKind.TimeNs: Put(value.Ticks * TimeSpan.NanosecondsPerTick); break;
            case TypeKind.TimeTz: Put(new TimeWithOffset(value, TimeSpan.Zero).Pack()); break;
            default: throw BatchErrors.DoesNotFit(value, _field);
        }
    }
}
