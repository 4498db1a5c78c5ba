namespace Storefront.Tests;

/// <summary>A test that reads the real invoice lines; skipped, saying so, where they are absent.</summary>
internal sealed class RetailFactAttribute : FactAttribute
{
    public RetailFactAttribute()
    {
        if (RetailData.Folder is null) Skip = "../shared/data/online_retail is not there";
    }
}
