namespace Leat.Bench.Nexmark;

/// <summary>Bids as CSV, a file for each minute of event time. The files are written to a temporary folder and taken away at the end.</summary>
internal sealed class Q10Loop() : NexmarkLoop<Q10Row>("q10", "SELECT auction, bidder, price, dateTime, extra, strftime(dateTime, '%Y-%m-%d') AS dt, strftime(dateTime, '%H:%M') AS hm FROM bid")
{
    public override string TimedSql(string folder) => $"COPY ({Sql}) TO '{folder}' (FORMAT csv, PARTITION_BY (dt, hm), OVERWRITE_OR_IGNORE)";

    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var folder = Directory.CreateTempSubdirectory("leat-nexmark-").FullName;
        try
        {
            Write(events, folder, ref sink);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes the files and leaves them there; each row goes to the sink too.</summary>
    public static void Write<TSink>(NexmarkEvents events, string folder, ref TSink sink)
        where TSink : struct, IRowSink<Q10Row>
    {
        using var files = new CsvFiles(folder);
        var calendar = default(CalendarTexts);
        var bids = events.Bids;
        foreach (var slot in events.Slots)
        {
            if (slot.Kind != NexmarkKind.Bid) continue;
            ref readonly var bid = ref bids[slot.Index];
            var row = new Q10Row(bid.Auction, bid.Bidder, bid.Price, bid.DateTime, bid.Extra, calendar.Day(bid.DateTime), calendar.Minute(bid.DateTime));
            files.Write(row);
            sink.Add(row);
        }
    }
}
