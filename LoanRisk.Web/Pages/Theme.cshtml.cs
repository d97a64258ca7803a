using LoanRisk.Web.Pages.Frame;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages;

/// <summary>Keeps the choice of light or dark in a cookie, so that it holds without script and without a flash of the other.</summary>
public sealed class ThemeModel : PageModel
{
    /// <summary>Stores the choice and goes back to the page it was made on.</summary>
    public IActionResult OnPost(string? theme, string? returnUrl)
    {
        if (theme is null || !ThemeChoice.All.Contains(theme))
        {
            return BadRequest();
        }

        Response.Cookies.Append(ThemeChoice.Cookie, theme, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = Request.IsHttps,
            IsEssential = true,
        });
        return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/");
    }
}
