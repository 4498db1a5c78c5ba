using Leat.Core;
using Leat.Lake;
using Leat.Log;
using Leat.Serve.Answers;
using Leat.Streams.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Leat.Serve.Catalog;

/// <summary>All datasets of the project in one list: topics, lake tables, views.</summary>
internal sealed class CatalogEndpoints(IEventLog? log = null, ILakeCatalog? lake = null, IViewStore? views = null, IDatasetContracts? contracts = null) : ILeatEndpoints
{
    private static readonly Dictionary<string, string> NoFields = [];

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/catalog", ListAsync);

    private async Task ListAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        var datasets = new List<DatasetAnswer>();
        if (log is not null)
            foreach (var topic in await log.ListTopicsAsync(ct).ConfigureAwait(false)) datasets.Add(Topic(topic.Name));
        if (lake is not null)
            foreach (var table in await lake.ListAsync(ct).ConfigureAwait(false)) datasets.Add(new DatasetAnswer("table", table, $"lake.{table}", $"/v1/lake/{table}", NoFields));
        foreach (var view in views?.List() ?? []) datasets.Add(new DatasetAnswer("view", view.Name, $"views.{view.Name}", $"/v1/views/{view.Name}", Fields(view.Schema)));
        await JsonAnswer.WriteAsync(http, new CatalogAnswer(datasets), ServeJson.Default.CatalogAnswer).ConfigureAwait(false);
    }

    private DatasetAnswer Topic(string name)
    {
        var fields = contracts?.Find(name) is { } contract ? contract.Fields.ToDictionary(f => f.Name, f => f.Type.ToString()) : NoFields;
        return new DatasetAnswer("topic", name, $"topics.\"{name}\"", $"/v1/events/{name}", fields);
    }

    private static Dictionary<string, string> Fields(Schema schema) => schema.ToDictionary(f => f.Name, f => f.Type.ToString());
}
