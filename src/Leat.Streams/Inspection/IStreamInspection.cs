using Leat.Core;

namespace Leat.Streams;

/// <summary>Looks into the stream jobs of this process.</summary>
public interface IStreamInspection
{
    /// <summary>The job's graph with its figures, as of about the last second. Where the job does not run, without rates.</summary>
    /// <exception cref="LeatException">LEAT2143 no such job; the nearest name is offered.</exception>
    JobDescription Describe(string job);
}
