using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Leat.Streams.Decoding;
using Leat.Streams.Jobs;

namespace Leat.Streams.Testing;

/// <summary>Made-up events for a job, from a seed: values for every field that its rows have, a few of each so that keys meet, out of order as far as the job allows.</summary>
public static class SampleEvents
{
    private const int OneJumpIn = 12;
    private const int LongestJumpSeconds = 40;
    private static readonly DateTime Zero = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Events of all topics the job reads, in the order in which they arrive. None is late; no two have the same time; every partition gets some. In the middle a day passes.</summary>
    /// <param name="job">The job.</param>
    /// <param name="seed">Same seed, same events.</param>
    /// <param name="count">How many, 1 to 1,000.</param>
    /// <param name="partitions">Partitions of each topic, at least 1.</param>
    public static ImmutableArray<StreamStep> Of(StreamJob job, int seed, int count = 60, int partitions = 4)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1000);
        ArgumentOutOfRangeException.ThrowIfLessThan(partitions, 1);
        var plan = new JobPlan(job.Name);
        job.Build(new JobBuilder(plan));
        foreach (var table in plan.Tables) table.Dispose();
        var topics = plan.Sources.Where(s => s.Records is not null).GroupBy(s => s.Name, StringComparer.Ordinal)
            .Select(s => (Topic: s.Key, Fields: Fields(s.Select(r => r.Records!.Value.Row)), Disorder: s.Min(r => r.Records!.Value.Disorder))).ToList();
        var (random, steps, second) = (new Random(seed), ImmutableArray.CreateBuilder<StreamStep>(), 0);
        for (var i = 0; topics.Count > 0 && i < count; i++)
        {
            second += i == count / 2 ? 86_400 : random.Next(OneJumpIn) == 0 ? random.Next(LongestJumpSeconds) : 1;
            var (topic, fields, disorder) = topics[i < topics.Count * partitions ? i / partitions : random.Next(topics.Count)];
            var early = random.Next((int)Math.Clamp(disorder / TimeSpan.TicksPerSecond, 1, LongestJumpSeconds));
            var at = Zero.AddSeconds(second - early).AddMilliseconds(i); // the milliseconds make it unique
            steps.Add(new StreamStep.Event(topic, Json(fields, at, random), i < topics.Count * partitions ? i % partitions : random.Next(partitions)));
        }

        return steps.ToImmutable();
    }

    private static List<RecordMember> Fields(IEnumerable<Type> rows) => [.. rows.SelectMany(r => RecordShape.Of(r).Members).DistinctBy(m => m.Name)];

    private static string Json(List<RecordMember> fields, DateTime at, Random random)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var field in fields)
            {
                json.WritePropertyName(field.Name);
                if (Nullable.GetUnderlyingType(field.Property.PropertyType) is not null && random.Next(8) == 0) json.WriteNullValue();
                else json.WriteRawValue(Value(field, at, random));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static string Value(RecordMember field, DateTime at, Random random)
    {
        if (field.ValueType.IsEnum) return Quoted(Enum.GetNames(field.ValueType)[random.Next(Enum.GetNames(field.ValueType).Length)]);
        if (field.EpochMilliseconds) return new DateTimeOffset(at).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return Type.GetTypeCode(field.ValueType) switch
        {
            TypeCode.Boolean => random.Next(2) == 0 ? "true" : "false",
            TypeCode.DateTime => Quoted(at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
            TypeCode.Decimal => (random.Next(10_000) / 1000m).ToString(CultureInfo.InvariantCulture),
            TypeCode.Single or TypeCode.Double => (random.Next(40) / 4.0).ToString(CultureInfo.InvariantCulture), // sums of quarters are exact in any order
            TypeCode.Object when field.ValueType == typeof(DateOnly) => Quoted(at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            TypeCode.Object when field.ValueType == typeof(Guid) => Quoted(new Guid(random.Next(6), 0, 0, new byte[8]).ToString()),
            TypeCode.Object or TypeCode.String => Quoted(Word(random.Next(6), field.Name)),
            _ => random.Next(9).ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Half of them fit into a short text, half do not.</summary>
    private static string Word(int number, string field) => string.Create(CultureInfo.InvariantCulture, $"{(number % 2 == 0 ? "" : $"a long value of {field} ")}{number}");

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
