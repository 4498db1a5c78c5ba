using Microsoft.Playwright;

namespace Leat.Web.Tests;

/// <summary>axe-core over a page.</summary>
internal static class Accessibility
{
    private const string Run = """
        async () => {
          const result = await axe.run(document, { resultTypes: ['violations'] });
          return result.violations
            .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
            .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ') + ' ' + (node.any[0]?.message ?? '')).join('; ')}`);
        }
        """;

    private static readonly string Script = Path.Combine(Repository.Web, "node_modules", "axe-core", "axe.min.js");

    /// <summary>Serious and critical violations, with the elements that break the rule.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        return await page.EvaluateAsync<string[]>(Run);
    }
}
