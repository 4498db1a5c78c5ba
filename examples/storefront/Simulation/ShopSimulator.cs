using System.Text;

namespace Storefront.Simulation;

/// <summary>The shop at work: an endless sequence of events from a seed, with mishaps at stated rates and the truth kept beside.</summary>
internal sealed class ShopSimulator(int seed, Mishaps mishaps) : IDisposable
{
    public const string Sales = "sales";
    public const string Ads = "ad-events";
    public const string Shop = "shop-events";
    private readonly World _world = new(seed);
    private readonly Random _random = new(seed + 1);
    private readonly EventText _text = new();
    private readonly PriorityQueue<SimulatedEvent, DateTime> _held = new();
    private readonly Dictionary<string, List<Product>> _carts = [];
    private readonly List<SimulatedEvent> _step = [];
    private long _events;
    private long _invoices;

    public GroundTruth Truth { get; } = new();

    /// <summary>What happens at <paramref name="at"/>: one to about ten events, late ones of before included.</summary>
    public IReadOnlyList<SimulatedEvent> Step(DateTime at)
    {
        _step.Clear();
        while (_held.TryPeek(out _, out var due) && due <= at) Send(_held.Dequeue());
        var chance = _random.NextDouble();
        if (chance < 0.55) Advertise(at);
        else if (chance < 0.93) Browse(at);
        else Buy(at);
        return _step;
    }

    /// <summary>The late events still held back; the end of the simulation.</summary>
    public IReadOnlyList<SimulatedEvent> Finish()
    {
        _step.Clear();
        while (_held.TryDequeue(out var held, out _)) Send(held);
        return _step;
    }

    private void Advertise(DateTime at)
    {
        var campaign = _world.AnyCampaign(_random);
        var customer = _world.AnyCustomer(_random);
        var shown = (campaign, campaign.Ads[_random.Next(campaign.Ads.Length)]);
        Ad("impression", at, shown, customer, campaign.CostPerMille / 1000);
        if (_random.NextDouble() >= campaign.ClickRate) return;
        Ad("click", at, shown, customer, 0);
        if (_random.NextDouble() < campaign.ConversionRate) Ad("conversion", at, shown, customer, 0);
    }

    private void Browse(DateTime at)
    {
        var customer = _world.AnyCustomer(_random);
        var product = _world.AnyProduct(_random);
        Visit("page_view", at, customer, product, null);
        if (_random.NextDouble() >= 0.2) return;
        Visit("add_to_cart", at, customer, product, product.Price);
        if (!_carts.TryGetValue(customer.Id, out var cart)) _carts.Add(customer.Id, cart = []);
        if (cart.Count < 5) cart.Add(product);
    }

    private void Buy(DateTime at)
    {
        var customer = _world.AnyCustomer(_random);
        if (!_carts.Remove(customer.Id, out var cart)) cart = [_world.AnyProduct(_random)];
        var invoice = $"{700_000 + _invoices++}";
        decimal total = 0;
        foreach (var product in cart)
        {
            var quantity = 1 + (int)(Math.Pow(_random.NextDouble(), 4) * 12);
            Sale(invoice, product, quantity, at, customer);
            total += quantity * product.Price;
        }
        Visit("checkout", at, customer, null, total);
        Visit("payment", at, customer, null, total);
    }

    private void Sale(string invoice, Product product, int quantity, DateTime at, Customer customer)
    {
        var dirty = IsDirty();
        var json = _text.Sale(new EventHead(NextId(), at, customer), invoice, product, quantity);
        var times = Emit(new SimulatedEvent(Sales, at, dirty ? Spoil(json, "\"quantity\":", "\"quantity\":\"many\",\"x\":") : json, dirty));
        if (dirty) return;
        Truth.SaleLines += times;
        Truth.Revenue += times * quantity * product.Price;
    }

    private void Ad(string type, DateTime at, (Campaign Campaign, string Ad) shown, Customer customer, decimal cost)
    {
        var dirty = IsDirty();
        var json = _text.Ad(new EventHead(NextId(), at, customer), type, shown, cost);
        var times = Emit(new SimulatedEvent(Ads, at, dirty ? Spoil(json, "\"cost\":", "\"cost\":-1,\"x\":") : json, dirty));
        if (dirty) return;
        var truth = Truth.Of(shown.Campaign.Name);
        truth.Spend += times * cost;
        if (type == "impression") truth.Impressions += times;
        else if (type == "click") truth.Clicks += times;
        else truth.Conversions += times;
    }

    private void Visit(string type, DateTime at, Customer customer, Product? product, decimal? amount)
    {
        var dirty = IsDirty();
        var json = _text.Visit(new EventHead(NextId(), at, customer), type, product, amount);
        Emit(new SimulatedEvent(Shop, at, dirty ? Spoil(json, "\"event_type\":", "\"event_type\":7,\"x\":") : json, dirty));
    }

    /// <summary>Sends now or later, once or twice; returns how often.</summary>
    private int Emit(SimulatedEvent made)
    {
        var times = _random.NextDouble() < mishaps.Duplicates ? 2 : 1;
        Truth.Duplicates += times - 1;
        for (var i = 0; i < times; i++)
        {
            if (_random.NextDouble() < mishaps.Late)
            {
                Truth.Late++;
                _held.Enqueue(made, made.At + mishaps.Delay * _random.NextDouble());
            }
            else
            {
                Send(made);
            }
        }
        return times;
    }

    private void Send(SimulatedEvent sent)
    {
        Truth.Count(sent);
        _step.Add(sent);
    }

    private bool IsDirty() => _random.NextDouble() < mishaps.Dirty;

    private string NextId() => $"sim-{seed}-{_events++}";

    private static byte[] Spoil(byte[] json, string find, string replace) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json).Replace(find, replace, StringComparison.Ordinal));

    public void Dispose() => _text.Dispose();
}
