namespace Leat.Core;

/// <summary>Why a record breaks its contract.</summary>
/// <param name="Code">Stable code: LEAT1301 malformed, LEAT1302 missing field, LEAT1303 wrong type, LEAT1304 unknown field, LEAT1305 rule broken.</param>
/// <param name="Field">Offending field; empty when the record as a whole is malformed.</param>
/// <param name="Reason">What is wrong, with the value (cut to 80 characters) and what is allowed.</param>
public sealed record ContractViolation(string Code, string Field, string Reason);
