using System.Text;

namespace Leat.Streams;

internal static class JobNames
{
    /// <summary>CampaignViews -> campaign_views.</summary>
    public static string FromType(Type type)
    {
        var name = new StringBuilder();
        foreach (var letter in type.Name)
        {
            if (char.IsUpper(letter) && name.Length > 0) name.Append('_');
            name.Append(char.ToLowerInvariant(letter));
        }
        return name.ToString();
    }
}
