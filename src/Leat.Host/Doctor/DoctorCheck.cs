using System.Text.Json.Nodes;

namespace Leat.Host.Doctor;

/// <summary>One thing that was looked at.</summary>
internal sealed record DoctorCheck(string Name, bool Ok, string Detail, string Remedy)
{
    public JsonObject ToJson() => new() { ["name"] = Name, ["ok"] = Ok, ["detail"] = Detail, ["fix"] = Ok ? null : Remedy };
}
