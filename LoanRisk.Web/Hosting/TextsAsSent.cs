using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace LoanRisk.Web.Hosting;

/// <summary>
/// A text of an address or a form is taken as it was sent. MVC would make a blank one null, and null means that none was sent: the default
/// product, say.
/// </summary>
internal sealed class TextsAsSent : IDisplayMetadataProvider
{
    public void CreateDisplayMetadata(DisplayMetadataProviderContext context) => context.DisplayMetadata.ConvertEmptyStringToNull = false;
}
