namespace Leat.Log;

/// <summary>AlterConfigs, versions 0 and 1, and IncrementalAlterConfigs, versions 0 and 1: the first replaces all settings, the second changes single ones.</summary>
internal static class AlterConfigsApi
{
    public sealed record Request(List<Resource> Resources, bool ValidateOnly, bool Incremental);

    public sealed record Resource(int Type, string Name, List<Change> Changes);

    /// <summary>Operations: 0 set, 1 back to default, 2 add to a list, 3 take out of a list.</summary>
    public readonly record struct Change(string Name, int Operation, string? Value);

    public readonly record struct Result(KafkaError Error, string? Message, int Type, string Name);

    public static Request Read(ref KafkaReader r) => Read(ref r, ReadReplacing, incremental: false);

    public static Request ReadIncremental(ref KafkaReader r) => Read(ref r, ReadChanging, incremental: true);

    public static void Write(KafkaWriter w, IReadOnlyCollection<Result> results)
    {
        w.WriteThrottle();
        w.WriteArray(results, static (w, result) =>
        {
            w.WriteError(result.Error);
            w.WriteString(result.Message);
            w.WriteInt8(result.Type);
            w.WriteString(result.Name);
        });
        w.WriteTags();
    }

    private static Request Read(ref KafkaReader r, KafkaReader.Element<Resource> resource, bool incremental)
    {
        var request = new Request(r.ReadArray(resource), r.ReadBool(), incremental);
        r.SkipTags();
        return request;
    }

    private static Resource ReadReplacing(ref KafkaReader r)
    {
        var resource = new Resource(r.ReadInt8(), r.ReadString(), r.ReadArray(static (ref KafkaReader r) =>
        {
            var value = ConfigValue.Read(ref r);
            return new Change(value.Name, value.Value is null ? 1 : 0, value.Value);
        }));
        r.SkipTags();
        return resource;
    }

    private static Resource ReadChanging(ref KafkaReader r)
    {
        var resource = new Resource(r.ReadInt8(), r.ReadString(), r.ReadArray(static (ref KafkaReader r) =>
        {
            var change = new Change(r.ReadString(), r.ReadInt8(), r.ReadNullableString());
            r.SkipTags();
            return change;
        }));
        r.SkipTags();
        return resource;
    }
}
