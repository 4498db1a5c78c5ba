using System.Globalization;
using System.Text;
using System.Text.Json;
using Leat.Streams.Kernels;

namespace Leat.Streams.Tests;

/// <summary>The kernels of decoding against slow twins. The walk over all members is the twin of the layouts, System.Text.Json that of the walk.</summary>
public sealed unsafe class JsonKernelTests
{
    private const int Seed = 4711;

    [Fact]
    public void Given_random_records_When_scanned_by_layout_Then_slots_and_faults_are_those_of_the_walk()
    {
        string[] names = ["id", "name", "big", "x-extra", "colour", "absent"];
        using var fast = new JsonScanner([.. names]);
        using var slow = new JsonScanner([.. names], learns: false);
        var records = new RandomRecords(Seed);
        var valid = 0;
        for (var i = 0; i < 30_000; i++)
        {
            var record = records.Next();
            fixed (byte* p = record)
            {
                var good = slow.Scan(p, record.Length);
                Assert.True(fast.Scan(p, record.Length) == good, Shown(record, i));
                if (good) valid++;
                else Assert.Equal((slow.Fault, slow.FaultAt), (fast.Fault, fast.FaultAt));
                for (var slot = 0; good && slot < names.Length; slot++) Assert.True(IsSame(fast.Slots[slot], slow.Slots[slot]), Shown(record, i));
            }
        }

        Assert.InRange(valid, 20_000, 29_000);
    }

    [Fact]
    public void Given_random_records_without_escapes_and_nesting_When_scanned_Then_System_Text_Json_agrees_whether_they_are_valid()
    {
        using var scanner = new JsonScanner(["name"]);
        var records = new RandomRecords(Seed + 1);
        for (var i = 0; i < 30_000; i++)
        {
            var record = records.Next();
            if (record.AsSpan().IndexOfAny("\\[]"u8) >= 0 || record.AsSpan().Count((byte)'{') != 1 || record.Any(b => b >= 0x80)) continue;
            fixed (byte* p = record) Assert.True(scanner.Scan(p, record.Length) == IsObject(record, out _), Shown(record, i));
            if (IsObject(record, out var expected) && expected is not null) Assert.Equal(expected, Encoding.UTF8.GetString(scanner.Slots[0].Bytes));
        }
    }

    [Fact]
    public void Given_texts_of_any_length_When_mapped_Then_quotes_are_where_a_byte_loop_finds_them()
    {
        var random = new Random(Seed);
        using var map = new QuoteMap();
        for (var i = 0; i < 3_000; i++)
        {
            var text = new byte[random.Next(i % 10 == 0 ? QuoteMap.MostBytes + 1 : 300)];
            for (var k = 0; k < text.Length; k++) text[k] = (byte)(random.Next(6) == 0 ? '"' : random.Next(' ', '['));
            if (text.Length > 0 && random.Next(3) == 0) text[random.Next(text.Length)] = (byte)random.Next(256);
            fixed (byte* p = text)
            {
                var plain = !text.Any(b => b < ' ' || b == '\\');
                Assert.Equal(plain, map.TryRead(p, text.Length));
                AssertMap(map, text);
                Assert.Equal(plain, map.Read256(p, text.Length));
                AssertMap(map, text);
            }
        }
    }

    [Fact]
    public void Given_digits_of_any_length_When_read_as_a_number_Then_it_is_what_the_framework_reads()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 21)).Select(_ => (char)random.Next('0', ':')));
            if (random.Next(4) == 0) text = "-" + text;
            if (random.Next(5) == 0) text = text.Remove(random.Next(text.Length), 1).Insert(random.Next(text.Length), ((char)random.Next(' ', 127)).ToString());
            var bytes = Encoding.UTF8.GetBytes(text);
            var good = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var expected) && text[0] != '+';
            fixed (byte* p = bytes) Assert.True(JsonNumbers.TryInt64(p, bytes.Length, out var number) == good && (!good || number == expected), $"{text}; replay with seed {Seed}");
        }
    }

    private static void AssertMap(QuoteMap map, byte[] text)
    {
        Assert.Equal((text.Count(b => b == '"'), !text.Any(b => b >= 0x80)), (map.Count, map.IsAscii));
        var next = text.Length;
        for (var at = text.Length - 1; at >= 0; at--)
        {
            if (text[at] == '"') next = at;
            Assert.Equal(next, Math.Min(map.Next(at), text.Length));
        }
    }

    private static bool IsObject(byte[] record, out string? name)
    {
        name = null;
        try
        {
            using var document = JsonDocument.Parse(record);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return false;
            foreach (var member in document.RootElement.EnumerateObject())
                if (member.NameEquals("name"u8)) name = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Value.GetRawText();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsSame(in RawValue a, in RawValue b) => a.Kind == b.Kind && (a.Kind == JsonKind.Missing || (a.Start == b.Start && a.Length == b.Length));

    private static string Shown(byte[] record, int index) => $"record {index}: {Encoding.Latin1.GetString(record)}; replay with seed {Seed}";
}
