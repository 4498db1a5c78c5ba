using System.Globalization;
using System.Text.RegularExpressions;
using Leat.Core;
using Leat.Models.Jinja;

namespace Leat.Models;

/// <summary>Runs a test: counts the rows it finds and judges them by severity, warn_if and error_if.</summary>
internal sealed partial class TestRun(Warehouse warehouse)
{
    [GeneratedRegex(@"^\s*(?:!=|=|<>|<=|>=|<|>|between)\s*[\d\s.and]+$", RegexOptions.IgnoreCase)]
    private static partial Regex Condition { get; }

    public async Task<(NodeStatus Status, long Failures, string Message)> RunAsync(CompiledNode compiled, CancellationToken ct)
    {
        var row = (await warehouse.QueryAsync(Sql(compiled), ct).ConfigureAwait(false)).Rows[0];
        var failures = row[0] is null ? 0 : PyNumbers.ToLong(row[0]);
        var isError = Severity(compiled.Node) == "error" && PyTruth.Of(row[2]);
        var isWarn = PyTruth.Of(row[1]);
        var status = isError ? NodeStatus.Fail : isWarn ? NodeStatus.Warn : NodeStatus.Pass;
        var condition = isError ? If(compiled.Node, "error_if") : If(compiled.Node, "warn_if");
        var message = status == NodeStatus.Pass ? "passed" : $"got {failures} {(failures == 1 ? "result" : "results")}, configured to {(isError ? "fail" : "warn")} if {condition}";
        return (status, failures, message);
    }

    public static string Sql(CompiledNode compiled)
    {
        var config = compiled.Node.Config;
        var calc = config.Text("fail_calc") ?? "count(*)";
        var limit = config.Text("limit") is { } rows ? string.Create(CultureInfo.InvariantCulture, $"\nlimit {long.Parse(rows, CultureInfo.InvariantCulture)}") : "";
        return $"select {calc} as failures, {calc} {If(compiled.Node, "warn_if")} as should_warn, {calc} {If(compiled.Node, "error_if")} as should_error from (\n{compiled.Sql.TrimEnd().TrimEnd(';')}{limit}\n) as dbt_internal_test";
    }

    public static string Severity(Node node)
    {
        var severity = (node.Config.Text("severity") ?? "error").ToLowerInvariant();
        return severity is "error" or "warn" ? severity : throw new LeatException("LEAT4022", $"severity of test '{node.Name}' is '{severity}'; it must be error or warn", node.Test?.Place ?? node.Path, "write severity: error or severity: warn");
    }

    private static string If(Node node, string key)
    {
        var condition = node.Config.Text(key) ?? "!= 0";
        return Condition.IsMatch(condition) ? condition.Trim() : throw new LeatException("LEAT4022", $"{key} of test '{node.Name}' is '{condition}'; it must be a comparison such as '> 10'", node.Test?.Place ?? node.Path, $"write {key}: \"> 10\"");
    }
}
