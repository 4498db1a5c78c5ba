using Microsoft.Extensions.Options;

namespace Leat.Log;

/// <summary>Checks the settings at start.</summary>
internal sealed class EmbeddedLogOptionsValidator : IValidateOptions<EmbeddedLogOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddedLogOptions options) =>
        options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
}
