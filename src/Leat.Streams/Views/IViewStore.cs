namespace Leat.Streams.Views;

/// <summary>The views that running jobs keep: keyed, queryable while they change, pushed live.</summary>
public interface IViewStore
{
    /// <summary>All views, by name.</summary>
    IReadOnlyList<IView> List();

    /// <summary>The view, or null.</summary>
    IView? Find(string name);
}
