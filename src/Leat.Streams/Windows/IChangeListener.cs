namespace Leat.Streams.Windows;

/// <summary>Notes of one subscription about what changed in a store; what is in them is the store's matter.</summary>
internal interface IChangeListener;
