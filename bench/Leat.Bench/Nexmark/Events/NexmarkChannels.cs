using System.Globalization;
using System.Text;
using Leat.Core;

namespace Leat.Bench.Nexmark;

/// <summary>Channels and the url of each, made once a run: every bid of a channel has the same url.</summary>
internal sealed class NexmarkChannels
{
    private const int Channels = 10_000;
    private static readonly string[] Hot = ["Google", "Facebook", "Baidu", "Apple"];
    private readonly (Text Channel, Text Url)[] _hot;
    private readonly (Text Channel, Text Url)[] _others;

    public NexmarkChannels(ref NexmarkRandom random, TextArena texts)
    {
        _hot = new (Text, Text)[Hot.Length];
        for (var i = 0; i < Hot.Length; i++) _hot[i] = (texts.Add(Encoding.UTF8.GetBytes(Hot[i])), texts.Add(Encoding.UTF8.GetBytes(Url(ref random))));
        _others = new (Text, Text)[Channels];
        for (var i = 0; i < Channels; i++)
        {
            var url = Url(ref random);
            if (random.Next(10) > 0) url += string.Create(CultureInfo.InvariantCulture, $"&channel_id={ChannelId(i)}");
            _others[i] = (texts.Add(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"channel-{i}"))), texts.Add(Encoding.UTF8.GetBytes(url)));
        }
    }

    /// <summary>One of the four hot channels in half of all cases.</summary>
    public (Text Channel, Text Url) Next(ref NexmarkRandom random) => random.Next(2) > 0 ? _hot[random.Next(Hot.Length)] : _others[random.Next(Channels)];

    /// <summary>The bits of a channel's number in reverse, as a signed 32-bit number without its sign; channel 1 gives the smallest number there is, which has no positive twin and stays negative.</summary>
    public static int ChannelId(int channel)
    {
        uint reversed = 0;
        for (var bit = 0; bit < 32; bit++) reversed |= (((uint)channel >> bit) & 1) << (31 - bit);
        var signed = (int)reversed;
        return signed < 0 ? unchecked(-signed) : signed;
    }

    private static string Url(ref NexmarkRandom random) => $"https://www.nexmark.com/{Part(ref random)}/{Part(ref random)}/{Part(ref random)}/item.htm?query=1";

    private static string Part(ref NexmarkRandom random)
    {
        Span<byte> room = stackalloc byte[8];
        return Encoding.UTF8.GetString(random.NextText(room, 5, (byte)'_'));
    }
}
