using LoanRisk.Reports.Format;
using LoanRisk.Store.Models;

namespace LoanRisk.Tests.Reports.Format;

public sealed class ShortIdTests
{
    private const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData(Hash, "0123456789ab")]
    [InlineData("0123456789ab", "0123456789ab")]
    [InlineData("0123", "0123")]
    [InlineData("", "")]
    public void An_id_is_shown_by_its_first_twelve_characters(string id, string shown) => Assert.Equal(shown, ShortId.Of(id));

    [Fact]
    public void Pages_and_the_registry_show_a_hash_alike() =>
        Assert.Equal(ShortId.Of(Hash), PolicyInForce.Shown(Hash));
}
