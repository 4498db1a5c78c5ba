using Leat.Host;
using Storefront;

return await LeatApp.RunAsync(args, StorefrontApp.Configure);
