using System.Collections.Immutable;
using Leat.Lake.Protocol;

namespace Leat.Lake.Commits;

/// <summary>Files that leave a table, and such that come in their place.</summary>
internal sealed record FileChange(ImmutableArray<DeltaAction.AddFile> Removed, ImmutableArray<StagedFile> Added);
