using System.Runtime.InteropServices;

namespace Leat.Core;

/// <summary>Where the elements of one LIST or MAP row are in the child vector; meaningless where the row is NULL.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ListEntry(ulong Offset, ulong Length);
