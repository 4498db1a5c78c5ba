using System.Diagnostics;
using System.Text;
using Leat.Core;
using Xunit.Abstractions;

namespace Leat.Quality.Tests;

public sealed class ContractCheckerTests(ITestOutputHelper output)
{
    private readonly ContractChecker _checker = new(Samples.Invoices);

    [Fact]
    public void Given_a_record_that_fits_When_checked_Then_it_passes() => Assert.Null(_checker.Check(Samples.Bytes(Samples.Good)));

    [Theory]
    [InlineData("\"quantity\":6", "\"quantity\":\"six\"", "LEAT1303", "quantity", "'quantity' is 'six'; it must be a whole number from -100000 to 100000")]
    [InlineData("\"quantity\":6", "\"quantity\":100001", "LEAT1305", "quantity", "'quantity' is '100001'")]
    [InlineData("\"quantity\":6", "\"quantity\":99999999999999999999", "LEAT1303", "quantity", "99999999999999999999")]
    [InlineData("\"price\":2.55", "\"price\":2.5555", "LEAT1303", "price", "at most 7 digits before and 3 after the point, at least -20000")]
    [InlineData("\"price\":2.55", "\"price\":null", "LEAT1302", "price", "missing or null")]
    [InlineData("\"price\":2.55,", "", "LEAT1302", "price", "missing or null")]
    [InlineData("2010-12-01 08", "2010-13-01 08", "LEAT1303", "invoice_date", "yyyy-MM-dd HH:mm:ss, ISO 8601 or milliseconds")]
    [InlineData("United Kingdom", "Atlantis", "LEAT1305", "country", "one of United Kingdom, France")]
    [InlineData("\"536365\"", "\"536\"", "LEAT1305", "invoice", "a text like [CA]?[0-9]{6}")]
    [InlineData("\"customer\"", "\"custmer\"", "LEAT1304", "custmer", "is 'customer' meant?")]
    [InlineData("\"customer\":17850", "\"quantity\":7", "LEAT1301", "quantity", "stands twice")]
    [InlineData("\"country\":\"United Kingdom\"}", "\"country\":\"Uni", "LEAT1301", "", "not one JSON object")]
    [InlineData("{\"event_id\"", "[{\"event_id\"", "LEAT1301", "", "an array")]
    [InlineData("\"stock_code\":\"85123A\"", "\"stock_code\":{}", "LEAT1303", "stock_code", "is an object; it must be a text")]
    public void Given_a_record_that_breaks_it_When_checked_Then_code_field_and_reason(string part, string by, string code, string field, string reason)
    {
        var violation = _checker.Check(Samples.Bytes(Samples.Good.Replace(part, by, StringComparison.Ordinal)));

        Assert.NotNull(violation);
        Assert.Equal((code, field), (violation.Code, violation.Field));
        Assert.Contains(reason, violation.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":1}x")]
    [InlineData("{'a':1}")]
    public void Given_something_else_than_one_object_When_checked_Then_LEAT1301(string json) => Assert.Equal("LEAT1301", _checker.Check(Samples.Bytes(json))!.Code);

    [Fact]
    public void Given_bytes_that_are_not_UTF8_When_checked_Then_LEAT1301()
    {
        var json = Samples.Bytes(Samples.Good);
        json[Array.IndexOf(json, (byte)'W')] = 0xFF;

        Assert.Contains("UTF-8", _checker.Check(json)!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_deep_nesting_When_checked_Then_it_is_refused_and_does_not_overflow() =>
        Assert.Equal("LEAT1301", _checker.Check(Samples.Bytes("{\"extra\":" + new string('[', 100_000)))!.Code);

    [Fact]
    public void Given_a_long_value_When_it_is_wrong_Then_the_message_cuts_it_to_80_characters()
    {
        var reason = _checker.Check(Samples.Bytes(Samples.Good.Replace("\"quantity\":6", $"\"quantity\":\"{new string('x', 5_000)}\"", StringComparison.Ordinal)))!.Reason;

        Assert.Contains(new string('x', 80) + "...'", reason, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 81), reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_half_a_surrogate_pair_When_checked_Then_the_text_is_refused() =>
        Assert.Equal("LEAT1303", _checker.Check(Samples.Bytes(Samples.Good.Replace("85123A", "\\ud800", StringComparison.Ordinal)))!.Code);

    [Fact]
    public void Given_unknown_members_are_allowed_When_one_comes_Then_it_passes() =>
        Assert.Null(new ContractChecker(Samples.Invoices with { AllowUnknown = true }).Check(Samples.Bytes(Samples.Good.Replace("{", "{\"x\":[{}],", StringComparison.Ordinal))));

    [Fact]
    public void Given_a_format_of_its_own_When_checked_Then_only_that_passes()
    {
        var checker = new ContractChecker(Samples.Invoices with { AllowUnknown = true, Fields = [new("at", DataType.Timestamp, true, Format: "M/d/yyyy H:mm")] });

        Assert.Null(checker.Check("{\"at\":\"12/1/2010 8:26\"}"u8));
        Assert.Equal("LEAT1303", checker.Check("{\"at\":\"2010-12-01 08:26:00\"}"u8)!.Code);
    }

    [Fact]
    public void Given_random_records_When_checked_Then_the_slow_twin_agrees()
    {
        const int seed = 4711;
        var random = new Random(seed);
        var slow = new SlowChecker(Samples.Invoices);
        var codes = new Dictionary<string, int>();
        for (var i = 0; i < 30_000; i++)
        {
            var json = Samples.Random(random);
            var violation = _checker.Check(json);
            var expected = slow.Check(json);
            codes[violation?.Code ?? "passed"] = codes.GetValueOrDefault(violation?.Code ?? "passed") + 1;
            Assert.True((violation?.Code, violation?.Field) == (expected?.Code, expected?.Field), $"replay with seed {seed}, record {i}: {Encoding.UTF8.GetString(json)}\n twin {expected}\n ours {violation}");
        }
        output.WriteLine(string.Join(", ", codes.Select(c => $"{c.Key} {c.Value}")));
        Assert.Equal(6, codes.Count);
    }

    [Fact]
    public void Given_records_that_pass_When_checked_Then_nothing_is_allocated()
    {
        var json = Samples.Bytes(Samples.Good.Trim());
        for (var i = 0; i < 50_000; i++) _checker.Check(json);
        var clock = new Stopwatch();
        var before = GC.GetAllocatedBytesForCurrentThread();
        clock.Start();
        const int records = 300_000;
        for (var i = 0; i < records; i++) _checker.Check(json);
        clock.Stop();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        output.WriteLine($"{records / clock.Elapsed.TotalSeconds:N0} records/s of {json.Length} bytes");
    }

    [Theory]
    [MemberData(nameof(BadFields))]
    public void Given_a_rule_that_does_not_fit_When_made_Then_LEAT1310_with_the_place(ContractFieldDefinition[] fields)
    {
        var error = Assert.Throws<LeatException>(() => new ContractChecker(Samples.Invoices with { Fields = [.. fields] }));

        Assert.Equal(("LEAT1310", "sources/online_retail.yml:3:5"), (error.Code, error.Where));
    }

    public static TheoryData<ContractFieldDefinition[]> BadFields() =>
    [
        [new ContractFieldDefinition("a", DataType.Text, true, Min: 1)],
        [new ContractFieldDefinition("a", DataType.Int32, true, Pattern: "x")],
        [new ContractFieldDefinition("a", DataType.Int32, true, Min: 3, Max: 1)],
        [new ContractFieldDefinition("a", DataType.Text, true, Pattern: "(")],
        [new ContractFieldDefinition("a", DataType.Text, true, Pattern: "(?=x)")],
        [new ContractFieldDefinition("a", DataType.Text, true, Format: "yyyy")],
        [new ContractFieldDefinition("a", DataType.Text, true), new ContractFieldDefinition("a", DataType.Int32, true)],
    ];

    [Fact]
    public void Given_two_contracts_of_one_dataset_When_looked_up_Then_LEAT1311()
    {
        var contracts = new DatasetContracts([new Source(Samples.Invoices), new Source(Samples.Invoices)]);

        Assert.Equal("LEAT1311", Assert.Throws<LeatException>(() => contracts.Find("x")).Code);
    }

    [Fact]
    public void Given_contracts_When_looked_up_Then_by_dataset()
    {
        var contracts = new DatasetContracts([new Source(Samples.Invoices)]);

        Assert.Equal(ContractPolicy.Quarantine, contracts.Find("invoice-lines")!.Policy);
        Assert.Null(contracts.Find("other"));
    }

    private sealed class Source(ContractDefinition contract) : IContractSource
    {
        public IReadOnlyList<ContractDefinition> Contracts => [contract];
    }
}
