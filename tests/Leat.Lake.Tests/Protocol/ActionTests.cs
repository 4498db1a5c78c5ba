using System.Collections.Immutable;
using System.Text;
using Leat.Core;
using Leat.Lake.Protocol;

namespace Leat.Lake.Tests.Protocol;

public sealed class ActionTests
{
    [Fact]
    public void Given_one_action_of_each_kind_When_written_and_read_Then_they_are_equal()
    {
        DeltaAction[] actions =
        [
            new DeltaAction.CommitInfo(17, "WRITE") { ReadVersion = 3, IsBlindAppend = true, EngineInfo = "Leat/1", TxnId = "t", Parameters = Map(("mode", "Append")).ToImmutableDictionary(p => p.Key, p => p.Value!) },
            new DeltaAction.ProtocolVersion(3, 7) { ReaderFeatures = ["timestampNtz"], WriterFeatures = ["timestampNtz", "appendOnly"] },
            new DeltaAction.Metadata("id", "{\"type\":\"struct\"}", ["a"]) { Configuration = Map(("delta.appendOnly", "true")), CreatedTimeMs = 5 },
            new DeltaAction.SetTransaction("app", 4, 99),
            new DeltaAction.AddFile("a=ü %/x.parquet", Map(("a", "ü %"), ("b", null)), 10, 20, true) { Stats = "{\"numRecords\":1}" },
            new DeltaAction.RemoveFile("old.parquet") { DeletionTimestampMs = 7 },
        ];

        var read = CommitText.Read(ActionWriter.Write(actions), "0.json");

        Assert.Equal(Shown(actions), Shown(read));
    }

    [Fact]
    public void Given_unknown_actions_and_members_When_read_Then_they_are_skipped()
    {
        var read = CommitText.Read("""
            {"newThing":{"a":[1,{"b":2}]}}
            {"txn":{"appId":"x","version":1,"later":{"deep":[]}}}
            """u8.ToArray(), "0.json");

        Assert.Equal([new DeltaAction.SetTransaction("x", 1, null)], read);
    }

    [Fact]
    public void Given_a_checkpoint_row_with_nulls_When_read_Then_the_one_action_comes_out()
    {
        var action = ActionReader.Read("""{"txn":null,"add":{"path":"a%20b","partitionValues":{},"size":1,"modificationTime":2,"dataChange":true,"stats":null,"deletionVector":null},"remove":null}"""u8);

        Assert.Equal("a b", Assert.IsType<DeltaAction.AddFile>(action).Path);
    }

    [Theory]
    [InlineData("{\"add\":{\"path\":\"x\"}}\n{\"add\":{\"pa", 2)]
    [InlineData("[]", 1)]
    [InlineData("{\"add\":{}}", 1)]
    public void Given_a_damaged_line_When_read_Then_LEAT3008_names_file_and_line(string text, int line)
    {
        var error = Assert.Throws<LeatException>(() => CommitText.Read(Encoding.UTF8.GetBytes(text), "x.json"));

        Assert.Equal(("LEAT3008", $"x.json:{line}"), (error.Code, error.Where));
    }

    [Fact]
    public void Given_random_paths_When_encoded_Then_decoding_once_gives_them_back()
    {
        var random = new Random(4711);
        for (var round = 0; round < 500; round++)
        {
            var path = string.Concat(Enumerable.Range(0, 12).Select(_ => char.ConvertFromUtf32(random.Next(4) == 0 ? random.Next(0xE000, 0x10FFFF) : random.Next(1, 0xD7FF))));
            var encoded = DataPath.Encode(path);

            Assert.All(encoded, c => Assert.True(char.IsAscii(c) && c is not (' ' or '"' or '#' or '?'), $"'{c}' (seed 4711)"));
            Assert.Equal(path, DataPath.Decode(encoded));
        }
    }

    private static ImmutableDictionary<string, string?> Map(params (string Key, string? Value)[] pairs) => pairs.ToImmutableDictionary(p => p.Key, p => p.Value);

    private static string Shown(IEnumerable<DeltaAction> actions) => string.Concat(actions.Select(a => Encoding.UTF8.GetString(ActionWriter.Write([a]).Span)));
}
