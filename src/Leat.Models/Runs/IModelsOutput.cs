namespace Leat.Models;

/// <summary>Takes the progress of a command; called from one thread at a time.</summary>
public interface IModelsOutput
{
    /// <summary>A message of the project's own: log(info=true), print, warnings.</summary>
    void Line(string text);

    /// <summary>A node begins; <paramref name="index"/> counts from 1.</summary>
    void Started(int index, int total, string name, ResourceType type);

    /// <summary>A node ended.</summary>
    void Finished(int index, int total, NodeResult result);
}
