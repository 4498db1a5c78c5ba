using System.Net;
using Leat.Core;
using Leat.Serve.Tests.Fakes;
using Leat.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace Leat.Serve.Tests.Sql;

public sealed class SqlTests
{
    private static readonly Schema Two = Schema.Of(("n", DataType.Int64), ("price", DataType.Decimal(10, 2)));

    [Fact]
    public async Task Given_a_statement_Then_an_untrusted_session_and_rows_with_exact_decimals()
    {
        var engine = new FakeSql(Two, [[1L, 1.50m], [2L, null]], [[3L, 0.01m]]);
        await using var server = await StartAsync(engine);
        var (status, body) = await server.PostAsync("/v1/sql", """{"sql":"select 1"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""[[1,"1.50"],[2,null],[3,"0.01"]]""", body["rows"]!.ToJsonString());
        Assert.Equal("""[{"name":"n","type":"BIGINT","json":"number"},{"name":"price","type":"DECIMAL(10,2)","json":"string"}]""", body["columns"]!.ToJsonString());
        Assert.False((bool?)body["truncated"]);
        Assert.Equal(new SqlSessionOptions(true, TimeSpan.FromSeconds(30)), engine.Opened);
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(2, 2, true)]
    [InlineData(3, 3, false)]
    [InlineData(9, 3, false)]
    public async Task Given_a_limit_Then_that_many_rows_and_truncated_says_whether_there_were_more(int limit, int rows, bool truncated)
    {
        await using var server = await StartAsync(new FakeSql(Two, [[1L, 1m], [2L, 1m]], [[3L, 1m]]));
        var body = (await server.PostAsync("/v1/sql", $$"""{"sql":"select 1","limit":{{limit}}}""")).Body;
        Assert.Equal((rows, truncated), (body["rows"]!.AsArray().Count, (bool)body["truncated"]!));
    }

    [Fact]
    public async Task Given_a_failure_before_the_first_row_Then_a_problem()
    {
        await using var server = await StartAsync(new FakeSql(Two) { FailAfter = new LeatException("LEAT1504", "division by zero", "statement", "guard it") });
        var (status, body) = await server.PostAsync("/v1/sql", """{"sql":"select 1"}""");
        Assert.Equal((HttpStatusCode.BadRequest, "LEAT1504"), (status, (string?)body["code"]));
    }

    [Fact]
    public async Task Given_a_failure_after_rows_went_out_Then_the_answer_stays_valid_JSON_and_says_so()
    {
        await using var server = await StartAsync(new FakeSql(Two, [[1L, 1m]]) { FailAfter = new LeatException("LEAT1504", "boom", "statement", "fix it") });
        var body = (await server.PostAsync("/v1/sql", """{"sql":"select 1"}""")).Body;
        Assert.Equal(("LEAT1504", true, 1), ((string?)body["error"]!["code"], (bool)body["truncated"]!, body["rows"]!.AsArray().Count));
    }

    [Theory]
    [InlineData("{}", "LEAT6022")]
    [InlineData("""{"sql":"select 1","limit":0}""", "LEAT6022")]
    [InlineData("""{"sql":"select 1","limit":10001}""", "LEAT6022")]
    [InlineData("""{"sql":""", "LEAT6021")]
    [InlineData("""{"sql":1}""", "LEAT6021")]
    [InlineData("""{"sqll":"select 1"}""", "LEAT6021")]
    [InlineData("null", "LEAT6021")]
    public async Task Given_a_wrong_body_Then_400(string body, string code)
    {
        await using var server = await StartAsync(new FakeSql(Two));
        var (status, answer) = await server.PostAsync("/v1/sql", body);
        Assert.Equal((HttpStatusCode.BadRequest, code), (status, (string?)answer["code"]));
    }

    [Fact]
    public async Task Given_no_SQL_room_Then_404_LEAT6032()
    {
        await using var server = await RunningServer.StartAsync();
        var (status, answer) = await server.PostAsync("/v1/sql", """{"sql":"select 1"}""");
        Assert.Equal((HttpStatusCode.NotFound, "LEAT6032"), (status, (string?)answer["code"]));
    }

    private static Task<RunningServer> StartAsync(FakeSql engine) => RunningServer.StartAsync(rooms => rooms.AddSingleton<ISqlEngine>(engine));
}
