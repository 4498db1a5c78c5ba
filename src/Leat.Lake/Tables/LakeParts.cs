using Leat.Lake.Engine;
using Leat.Storage;

namespace Leat.Lake;

/// <summary>What all tables of a lake share.</summary>
internal sealed record LakeParts(LakeEngine Engine, DurableFiles Disk, ParquetWriter Writer, TimeProvider Time);
