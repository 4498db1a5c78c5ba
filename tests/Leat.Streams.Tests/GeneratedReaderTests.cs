using System.Text;
using Leat.Core;
using Leat.Streams.Decoding;

namespace Leat.Streams.Tests;

/// <summary>Generated readers against the built-in decoder.</summary>
public sealed unsafe class GeneratedReaderTests
{
    private const int Seed = 815;

    [Fact]
    public void Given_types_that_jobs_read_or_that_are_marked_When_decoders_are_made_Then_they_are_generated()
    {
        using var used = RecordDecoders.Create<ClickEvent>();
        using var marked = RecordDecoders.Create<WideEvent>();
        Assert.All([used.GetType(), marked.GetType()], type => Assert.Equal("Leat.Streams.Generated", type.Namespace));
    }

    [Fact]
    public void Given_random_records_When_decoded_Then_rows_and_faults_are_those_of_the_built_in_decoder()
    {
        using var generated = RecordDecoders.Create<WideEvent>();
        using var builtIn = new JsonRecordDecoder<WideEvent>();
        var records = new RandomRecords(Seed);
        var faulty = 0;
        for (var i = 0; i < 30_000; i++)
        {
            var record = records.Next();
            fixed (byte* p = record)
            {
                var (row, fault) = Decode(generated, p, record.Length);
                var (expected, expectedFault) = Decode(builtIn, p, record.Length);
                var shown = $"record {i}: {Encoding.Latin1.GetString(record)}; replay with seed {Seed}";
                Assert.True(fault == expectedFault, $"{fault} instead of {expectedFault}; {shown}");
                Assert.True(fault is not null || row == expected, $"{row} instead of {expected}; {shown}");
                if (fault is not null) faulty++;
            }
        }

        Assert.InRange(faulty, 3_000, 20_000);
    }

    [Fact]
    public void Given_members_of_every_kind_When_declared_by_accessors_and_defaults_Then_both_decoders_agree()
    {
        using var generated = RecordDecoders.Create<AccessorEvent>();
        using var builtIn = new JsonRecordDecoder<AccessorEvent>();
        string[] records = ["{}", """{"kind":"B","small_number":5,"rate":0.5,"label":"x","opens_at":"2026-01-01","shut":true}""", """{"kind":"b","label":null,"rate":"no"}""", """{"small_number":300}""", """{"opens_at":null,"kind":7}"""];
        foreach (var record in records.Select(Encoding.UTF8.GetBytes))
        {
            fixed (byte* p = record)
            {
                var (row, fault) = Decode(generated, p, record.Length);
                var (expected, expectedFault) = Decode(builtIn, p, record.Length);
                Assert.Equal(expectedFault, fault);
                if (fault is null) Assert.Equal(expected, row);
            }
        }
    }

    [Fact]
    public void Given_texts_of_every_length_When_viewed_Then_they_hold_their_bytes_and_equal_a_copy()
    {
        for (var length = 0; length < 40; length++)
        {
            var bytes = Enumerable.Range(0, length).Select(i => (byte)('a' + i)).ToArray();
            var copy = bytes.ToArray();
            fixed (byte* p = bytes, q = copy)
            {
                var (text, same) = (new Text(p, length), new Text(q, length));
                Assert.True(text == same && text.Length == length && text.Bytes.SequenceEqual(bytes), $"{length} bytes");
                Assert.Equal(length > 0, text != new Text(q, Math.Max(0, length - 1)));
            }
        }
    }

    private static (T Row, DecodeFault? Fault) Decode<T>(IRecordDecoder<T> decoder, byte* record, int length)
    {
        var rows = new T[1];
        var faults = new List<DecodeFault>();
        decoder.Decode([new RecordSlice((nint)record, length, 0, 0)], 1, rows, faults);
        return (rows[0], faults.Count == 0 ? null : Assert.Single(faults));
    }
}
