using Leat.Core;

namespace Leat.Quality;

/// <summary>The check that fits a declared type.</summary>
internal static class FieldChecks
{
    /// <exception cref="LeatException">LEAT1310 a rule does not fit the type, or cannot be used.</exception>
    public static FieldCheck For(ContractFieldDefinition field, string declaredAt)
    {
        FieldCheck check = field.Type.Kind switch
        {
            TypeKind.Int8 or TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 or TypeKind.UInt8 or TypeKind.UInt16 or TypeKind.UInt32 or TypeKind.UInt64 => new WholeNumberCheck(field),
            TypeKind.Decimal or TypeKind.Int128 or TypeKind.UInt128 or TypeKind.BigNum => new DecimalCheck(field),
            TypeKind.Float32 or TypeKind.Float64 => new FloatCheck(field),
            TypeKind.Boolean => new BooleanCheck(field),
            TypeKind.Text or TypeKind.Enum => new TextCheck(field, declaredAt),
            TypeKind.Uuid => new UuidCheck(field),
            TypeKind.Date or TypeKind.Time or TypeKind.TimeTz or TypeKind.TimeNs or TypeKind.Timestamp or TypeKind.TimestampS or TypeKind.TimestampMs or TypeKind.TimestampNs or TypeKind.TimestampTz
                => new InstantCheck(field, declaredAt),
            _ => new ShapeCheck(field),
        };
        RefuseUnfitRules(field, check, declaredAt);
        return check;
    }

    private static void RefuseUnfitRules(ContractFieldDefinition field, FieldCheck check, string declaredAt)
    {
        if ((field.Min is not null || field.Max is not null) && check is not (WholeNumberCheck or DecimalCheck or FloatCheck)) throw Unfit(field, "min and max", "numbers", declaredAt);
        if (field.Min > field.Max) throw new LeatException("LEAT1310", $"min {field.Min} of '{field.Name}' is above its max {field.Max}", declaredAt, "exchange the two");
        if ((field.Accepted is not null || field.Pattern is not null) && check is not TextCheck) throw Unfit(field, "accepted values and pattern", "texts", declaredAt);
        if (field.Format is not null && check is not InstantCheck) throw Unfit(field, "format", "dates, times and timestamps", declaredAt);
    }

    private static LeatException Unfit(ContractFieldDefinition field, string rule, string types, string declaredAt) =>
        new("LEAT1310", $"'{field.Name}' is {field.Type}; {rule} are for {types}", declaredAt, "remove the rule, or change the type");
}
