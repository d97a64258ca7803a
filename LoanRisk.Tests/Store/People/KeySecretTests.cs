using LoanRisk.Store.People;

namespace LoanRisk.Tests.Store.People;

public sealed class KeySecretTests
{
    [Fact]
    public void No_two_secrets_are_the_same_and_each_has_256_bits()
    {
        var all = Enumerable.Range(0, 1000).Select(_ => KeySecret.Create().Reveal()).ToList();

        Assert.Equal(1000, all.Distinct().Count());
        Assert.All(all, text => Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(text.AsSpan(20)).Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("lr_")]
    [InlineData("lr_0123456789abcdef_")]
    [InlineData("lr_0123456789ABCDEF_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("lr_0123456789abcdef-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("xx_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("lr_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("lr_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAé")]
    public void What_cannot_be_a_key_is_none(string text) => Assert.False(KeySecret.TryParse(text, out _));
}
