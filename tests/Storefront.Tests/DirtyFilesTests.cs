using System.Text.Json.Nodes;
using Leat.Conformance;

namespace Storefront.Tests;

/// <summary>Files as people make them: what breaks the contract is quarantined with its reason, everything else is counted.</summary>
public sealed class DirtyFilesTests : IDisposable
{
    private const string Header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Given_dirty_lines_When_replayed_Then_they_are_quarantined_and_the_figures_hold_for_all_lines()
    {
        _folder.Write("data/a.csv", "\uFEFF" + Header.Replace("\n", "\r\n", StringComparison.Ordinal)
            + "1,A,\"A \"\"B\"\", C\",2,2011-01-01 10:00:00,1.25,7.0,France\r\n"
            + "1,A,\"A \"\"B\"\", C\",2,2011-01-01 10:00:00,1.25,7.0,France\r\n"
            + "C2,B,\"two\r\nlines\",-1,2011-01-01 10:00:30,1.5,,France\r\n");
        _folder.Write("data/sub/b.csv", Header
            + "3,B,many,many,2011-01-02 10:00:00,1.5,8.0,Spain\n"
            + "3,B,no date,1,yesterday,1.5,8.0,Spain\n"
            + "4,B,too long,1,2011-01-02 10:01:00,1.5,8.0,Spain,extra\n"
            + "5,B,too short,1,2011-01-02 10:02:00\n"
            + "6,B,four digits,1,2011-01-02 10:03:00,1.5555,8.0,Spain\n"
            + "7,B,good,3,2011-01-02 10:04:00,2,,Spain\n");
        _folder.Write("data/empty.csv", "");
        _folder.Write("data/only-header.csv", Header);

        var summary = await RunAsync();
        Assert.Equal(9, summary["rows_read"]!.GetValue<long>());
        Assert.Equal(4, summary["rows_raw"]!.GetValue<long>());
        Assert.Equal(5, summary["rows_quarantined"]!.GetValue<long>());
        Assert.Equal(1, summary["duplicates"]!.GetValue<long>());
        Assert.Equal(1, summary["cancellations"]!.GetValue<long>());
        Assert.Equal(3, summary["null_customers"]!.GetValue<long>());
        Assert.Equal(7, summary["invoices"]!.GetValue<long>());
        Assert.Equal("14.0555", summary["gross_sum"]!.GetValue<string>());
        Assert.True(summary["stream_equals_batch"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Given_another_folder_When_replayed_with_the_same_state_Then_its_own_figures_are_given()
    {
        _folder.Write("data/a.csv", Header + "1,A,x,2,2011-01-01 10:00:00,1.25,7.0,France\n");
        Assert.Equal(1, (await RunAsync())["rows_read"]!.GetValue<long>());
        _folder.Write("data/b.csv", Header + "2,A,x,2,2011-01-01 11:00:00,1.25,7.0,France\n");
        var summary = await RunAsync();
        Assert.Equal(2, summary["rows_raw"]!.GetValue<long>());
        Assert.Equal("5.00", summary["gross_sum"]!.GetValue<string>());
    }

    private async Task<JsonObject> RunAsync()
    {
        using var demo = DemoProcess.Start(Path.Combine(_folder.Path, "state"), "demo", "--once", "--json", "--port", "0", "--data", Path.Combine(_folder.Path, "data"));
        return await demo.JsonAsync();
    }

    public void Dispose() => _folder.Dispose();
}
