using Leat.Flows;
using Leat.Host;
using Leat.Streams;
using Storefront.Demo;
using Storefront.Flows;
using Storefront.Simulation;
using Storefront.Streams;

namespace Storefront;

/// <summary>What the storefront adds to Leat.</summary>
internal static class StorefrontApp
{
    public static void Configure(LeatAppBuilder app) => app
        .ConfigureServices(services =>
        {
            services.AddStream<SalesRevenue>();
            services.AddStream<CampaignStats>();
            services.AddStream<CampaignSales>();
            services.AddStream<ShopVisits>();
            services.AddFlow<DailyBatch>();
        })
        .AddVerb(new DemoVerb())
        .AddVerb(new SimulateVerb());
}
