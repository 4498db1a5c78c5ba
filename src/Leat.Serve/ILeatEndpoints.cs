using Microsoft.AspNetCore.Routing;

namespace Leat.Serve;

/// <summary>Addresses of one feature. Register as a singleton; <c>MapLeat</c> maps all of them.</summary>
public interface ILeatEndpoints
{
    /// <summary>Adds the routes. Called once, at start; must be cheap.</summary>
    void Map(IEndpointRouteBuilder routes);
}
