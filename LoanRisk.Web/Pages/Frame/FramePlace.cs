using LoanRisk.Lending.Products;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace LoanRisk.Web.Pages.Frame;

/// <summary>What a page tells the frame around it: its title, its place in the top bar and the product it is about.</summary>
public static class FramePlace
{
    private const string TitleKey = "Title";
    private const string PlaceKey = "Place";
    private const string ProductKey = "Product";

    /// <summary>
    /// Sets the page's title, its place in the top bar (<c>apply</c>, <c>decisions</c>, <c>models</c>, <c>drift</c> or none) and its
    /// product.
    /// </summary>
    public static void Enter(this ViewDataDictionary viewData, string title, string? place = null, LoanProduct? product = null)
    {
        viewData[TitleKey] = title;
        viewData[PlaceKey] = place;
        viewData[ProductKey] = product;
    }

    /// <summary>The page's title.</summary>
    public static string Title(this ViewDataDictionary viewData) => viewData[TitleKey] as string ?? "LoanRisk";

    /// <summary>The page's product, or null.</summary>
    public static LoanProduct? Product(this ViewDataDictionary viewData) => viewData[ProductKey] as LoanProduct;

    /// <summary><c>page</c> for the link of the page's own place, for aria-current.</summary>
    public static string? Current(this ViewDataDictionary viewData, string place) => viewData[PlaceKey] as string == place ? "page" : null;
}
