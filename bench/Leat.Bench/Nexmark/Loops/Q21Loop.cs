using System.Text;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>Bids with their channel's id: fixed for the four hot channels, else the url's parameter channel_id; bids with neither are left out.</summary>
internal sealed class Q21Loop() : NexmarkLoop<Q21Row>("q21", """
    SELECT auction, bidder, price, channel, CASE lower(channel) WHEN 'apple' THEN '0' WHEN 'google' THEN '1' WHEN 'facebook' THEN '2' WHEN 'baidu' THEN '3'
        ELSE regexp_extract(url, '(&|^)channel_id=([^&]*)', 2) END
    FROM bid WHERE lower(channel) IN ('apple', 'google', 'facebook', 'baidu') OR regexp_matches(url, '(&|^)channel_id=([^&]*)')
    """)
{
    private static readonly Text Apple = Text.Inline("0"u8);
    private static readonly Text Google = Text.Inline("1"u8);
    private static readonly Text Facebook = Text.Inline("2"u8);
    private static readonly Text Baidu = Text.Inline("3"u8);

    protected override void Run<TSink>(NexmarkEvents events, ref TSink sink)
    {
        var bids = events.Bids;
        foreach (var slot in events.Slots)
        {
            if (slot.Kind != NexmarkKind.Bid) continue;
            ref readonly var bid = ref bids[slot.Index];
            if (TryHot(bid.Channel, out var id) || TryUrl(bid.Url, out id)) sink.Add(new Q21Row(bid.Auction, bid.Bidder, bid.Price, bid.Channel, id));
        }
    }

    /// <summary>The id of a hot channel, whatever its case.</summary>
    public static bool TryHot(in Text channel, out Text id)
    {
        var name = channel.Bytes;
        id = name.Length switch
        {
            5 when Ascii.EqualsIgnoreCase(name, "apple"u8) => Apple,
            5 when Ascii.EqualsIgnoreCase(name, "baidu"u8) => Baidu,
            6 when Ascii.EqualsIgnoreCase(name, "google"u8) => Google,
            8 when Ascii.EqualsIgnoreCase(name, "facebook"u8) => Facebook,
            _ => default,
        };
        return !id.IsEmpty;
    }

    /// <summary>What stands after the first channel_id= at the start or after &amp;, up to the next &amp;.</summary>
    public static bool TryUrl(in Text url, out Text id)
    {
        var bytes = url.Bytes;
        for (var from = 0; ; from++)
        {
            var found = bytes[from..].IndexOf("channel_id="u8);
            id = default;
            if (found < 0) return false;
            from += found;
            if (from > 0 && bytes[from - 1] != '&') continue;
            var start = from + "channel_id="u8.Length;
            var end = bytes[start..].IndexOf((byte)'&');
            id = TextParts.Slice(url, start, end < 0 ? bytes.Length - start : end);
            return true;
        }
    }
}
