namespace Leat.Host.Owner;

/// <summary>What one frame on the owner's socket carries: a kind, a length (Int32, little endian) and the bytes.</summary>
internal enum OwnerFrame : byte
{
    /// <summary>Caller to owner: the request as JSON; once, first.</summary>
    Request = 1,

    /// <summary>Caller to owner: Ctrl-C.</summary>
    Cancel = 2,

    /// <summary>Owner to caller: UTF-8 for standard output.</summary>
    Out = 3,

    /// <summary>Owner to caller: UTF-8 for standard error.</summary>
    Error = 4,

    /// <summary>Owner to caller: the exit code; last.</summary>
    Exit = 5,
}
