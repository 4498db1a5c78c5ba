using Leat.Core;

namespace Leat.Serve.Problems;

/// <summary>An error of the HTTP face itself, with its status.</summary>
internal sealed class ProblemException(Problem problem) : LeatException(problem.Code, problem.What, problem.Where, problem.Fix)
{
    public Problem Problem => problem;
}
