namespace Leat.Streams;

/// <summary>A JSON reader is generated for the type although no job of its assembly reads it by <c>From</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class JsonRecordAttribute : Attribute;
