namespace LoanRisk.Tests.Deploy;

/// <summary>The files of the checkout as git would send them, in a folder where a platform may build them.</summary>
internal static class CheckoutCopy
{
    /// <summary>Copies what git knows, or would know after <c>git add --all</c>, to a folder that is made.</summary>
    public static async Task MakeAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await Command.RunAsync(
            "git ls-files -z --cached --others --exclude-standard --deduplicate"
            + " | while IFS= read -r -d '' file; do if [ -e \"$file\" ]; then printf '%s\\0' \"$file\"; fi; done"
            + $" | xargs -0 cp --parents -t '{folder}'",
            SharedFolder.Checkout);
    }
}
