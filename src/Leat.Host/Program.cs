using Leat.Host;

return await LeatApp.RunAsync(args);
