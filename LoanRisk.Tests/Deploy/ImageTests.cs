namespace LoanRisk.Tests.Deploy;

/// <summary>The classes that run what is in the image, which is built once for them.</summary>
[CollectionDefinition(Name)]
public sealed class ImageTests : ICollectionFixture<ImageFolder>
{
    /// <summary>What they name.</summary>
    public const string Name = "image";
}
