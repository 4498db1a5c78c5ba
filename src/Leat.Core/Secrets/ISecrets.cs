namespace Leat.Core;

/// <summary>Resolves secrets by reference, so that none stands in a file of the project.</summary>
public interface ISecrets
{
    /// <summary>Value of a reference such as <c>env:DB_PASSWORD</c> or <c>file:/run/secrets/db</c>.</summary>
    /// <exception cref="LeatException">LEAT1021 unknown scheme; LEAT1022 not set. Never names the value.</exception>
    string Resolve(string reference);
}
