using System.Reflection;
using System.Runtime.InteropServices;
using Leat.Core;
using Rd = Confluent.Kafka;

namespace Leat.Log;

/// <summary>Binds Confluent.Kafka to the system's librdkafka. Nothing else may touch Confluent.Kafka before <see cref="Load"/>.</summary>
internal static class KafkaLibrary
{
    private const string Package = "librdkafka";
    private const string System = "librdkafka.so.1";
    private static readonly Lazy<LeatException?> Loaded = new(Bind);

    /// <summary>Loads the library, once a process.</summary>
    /// <exception cref="LeatException">LEAT2041 it is not on this machine, or not usable.</exception>
    public static void Load()
    {
        if (Loaded.Value is { } problem) throw problem;
    }

    /// <summary>Null, or that there is no such library.</summary>
    internal static LeatException? Find(string library) => NativeLibrary.TryLoad(library, out _) ? null : LogErrors.KafkaLibraryMissing($"{library} was not found");

    private static LeatException? Bind()
    {
        if (Find(System) is { } missing) return missing;
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(Rd.Library).Assembly, Resolve);
            return Rd.Library.Load(System) || Rd.Library.IsLoaded ? null : LogErrors.KafkaLibraryMissing("it could not be loaded");
        }
        catch (Exception e) when (e is DllNotFoundException or InvalidOperationException or FileNotFoundException or EntryPointNotFoundException)
        {
            return LogErrors.KafkaLibraryMissing(e.Message);
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name.StartsWith(Package, StringComparison.Ordinal) ? NativeLibrary.Load(System)
        : name == "libdl" ? NativeLibrary.Load("libdl.so.2")
        : nint.Zero;
}
